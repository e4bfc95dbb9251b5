-- Runs whose items a flow has read: no order whose own start was lost may take one of them for its own.
create table feedhub.apify_read (
  run_id text primary key,
  read_at timestamptz not null
);
create index apify_read_by_age on feedhub.apify_read (read_at);
