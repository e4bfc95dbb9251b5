-- What waits of one flow, in its order. Without it the planner may walk through all runs of the flow, which have that order too.
create index occurrence_planned_flow on feedhub.occurrence (flow, scheduled_at) where outcome = 'planned';
