-- Which flows ever failed, one step of the index for each: health looks at the last runs of these alone.
create index occurrence_failed_flow on feedhub.occurrence (flow) where outcome = 'failed';
