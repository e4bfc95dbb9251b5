-- The machines that share this database. A node that has not beaten for a while is taken for dead; beat_at and started_at are
-- this database's clock, so that clocks of machines need not agree.
create table feedhub.node (
  name       text        primary key,
  session    bigint      not null default 1,
  state      text        not null default 'up' check (state in ('up', 'draining', 'left')),
  version    text        not null,
  labels     text[]      not null default '{}',
  revisions  text        not null default '',
  skew_ms    bigint      not null default 0,
  started_at timestamptz not null default clock_timestamp(),
  beat_at    timestamptz not null default clock_timestamp()
);

-- When flows run. Every instant up to settled has its row in feedhub.occurrence.
create table feedhub.schedule (
  flow          text        primary key,
  cron          text,
  zone          text,
  settled       timestamptz not null,
  paused        boolean     not null default false,
  rerun         boolean     not null default true,
  runs_on       text,
  trouble       text,
  trouble_since timestamptz
);

-- planned: to be run by whichever node can, not before due_at. alone: no second run of the flow at the same time.
alter table feedhub.occurrence
  alter column node drop not null,
  alter column started_at drop not null,
  add column origin text    not null default 'schedule' check (origin in ('schedule', 'catch-up', 'manual', 'event')),
  add column due_at timestamptz,
  add column alone  boolean not null default true,
  add column steps  jsonb,
  drop constraint occurrence_outcome_check,
  add constraint occurrence_outcome_check
    check (outcome in ('planned', 'running', 'done', 'failed', 'skipped', 'missed'));
create unique index occurrence_alone on feedhub.occurrence (flow) where outcome = 'running' and alone;
create index occurrence_planned on feedhub.occurrence (due_at) where outcome = 'planned';
create index occurrence_age on feedhub.occurrence using brin (scheduled_at);

-- How long a node may be silent before its runs are taken over: four beats.
create function feedhub.is_silent(beat_at timestamptz) returns boolean
language sql stable as $$ select beat_at < clock_timestamp() - interval '8 seconds' $$;
