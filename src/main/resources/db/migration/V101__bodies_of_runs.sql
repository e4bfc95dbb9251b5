-- What a run that was asked for is given: for flows that an HTTP call starts.
alter table feedhub.occurrence add column body jsonb;
