-- Which folders still have a revision is asked whenever old ones are forgotten.
create index flow_copy_by_revision on feedhub.flow_copy (flow, revision);
