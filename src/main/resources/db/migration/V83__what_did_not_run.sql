-- What should have run and did not, or failed: few rows, asked for by themselves.
create index occurrence_failed on feedhub.occurrence (id) where outcome = 'failed';
create index occurrence_missed on feedhub.occurrence (id) where outcome = 'missed';
create index occurrence_skipped on feedhub.occurrence (id) where outcome = 'skipped';
