-- A gap that spans the last time that the flow was paused says nothing of its habit.

-- What is wrong with a flow, judged by its last hundred runs; null when nothing is. It is not silent for longer than since.
create or replace function feedhub.flow_trouble(named text, said interval, failures integer, since timestamptz default null) returns text
language sql stable as $$
  with last as (
    select row_number() over (order by id desc) as n, id, outcome, error, items_out, ended_at,
           extract(epoch from ended_at - started_at) as seconds
    from feedhub.occurrence where flow = named and outcome in ('done', 'failed', 'missed') order by id desc limit 100),
  gap as (
    select ended_at - before as gap
    from (select ended_at, lag(ended_at) over (order by id) as before from last where items_out > 0) outputs
    where since is null or not (before < since and ended_at > since)),
  facts as (
    select (array_agg(outcome order by n))[1] as newest, (array_agg(error order by n))[1] as error,
           count(*) filter (where n <= failures and outcome = 'failed') >= failures as failing,
           min(seconds) filter (where n <= 3 and outcome = 'done') as quickest,
           percentile_cont(0.95) within group (order by seconds) filter (where n > 3 and outcome = 'done') as p95,
           count(*) filter (where n > 3 and outcome = 'done') as earlier,
           count(*) filter (where n <= 3 and outcome = 'done') as recent,
           max(ended_at) filter (where items_out > 0) as last_out, min(ended_at) as seen_since,
           coalesce(said, (select 3 * max(gap) from gap having count(gap) >= 5)) as allowed
    from last)
  select case
    when newest = 'missed' then 'missed: ' || error
    when failing then 'failed ' || failures || ' times in a row: ' || error
    when clock_timestamp() - greatest(coalesce(last_out, seen_since), since) > allowed
      then 'silent: nothing came out for ' || date_trunc('minute', clock_timestamp() - greatest(coalesce(last_out, seen_since), since))
    when earlier >= 20 and recent = 3 and quickest > 1 and quickest > 2 * p95
      then 'slow: its last 3 runs took more than twice the ' || round(p95::numeric, 1) || ' s that 95 % of the others took'
  end from facts
$$;
