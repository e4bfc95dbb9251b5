-- A claim carries an epoch. Whoever takes a run over raises it, and the writes of the run before are refused.
alter table feedhub.occurrence add column epoch integer not null default 1;

-- Called at the beginning of each transaction of a run: fails when the run has been closed or taken over, and keeps it from
-- being so until the transaction ends.
create function feedhub.hold_claim(run bigint, held integer) returns void
language plpgsql as $$
begin
  perform from feedhub.occurrence where id = run and epoch = held and outcome = 'running' for share;
  if not found then
    raise exception 'run % lost its claim', run using errcode = 'FH001';
  end if;
end $$;
