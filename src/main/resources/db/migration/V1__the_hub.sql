-- What ran. A row is claimed before the first step of a run: the key decides which node runs an instant.
create table feedhub.occurrence (
  id           bigint generated always as identity primary key,
  flow         text        not null,
  scheduled_at timestamptz not null,
  node         text        not null,
  outcome      text        not null default 'running'
               check (outcome in ('running', 'done', 'failed', 'skipped', 'missed')),
  started_at   timestamptz not null default clock_timestamp(),
  ended_at     timestamptz,
  items_in     integer     not null default 0,
  items_out    integer     not null default 0,
  parked       integer     not null default 0,
  error        text,
  unique (flow, scheduled_at)
);
create index occurrence_newest on feedhub.occurrence (flow, id desc);
create index occurrence_running on feedhub.occurrence (node) where outcome = 'running';

-- What flows have seen, kept apart by flow. claim names the exchange that wrote the key, so that only it may take it back.
create table feedhub.seen (
  flow    text        not null,
  key     text        not null,
  claim   text        not null,
  seen_at timestamptz not null default now(),
  primary key (flow, key)
);
create index seen_age on feedhub.seen (flow, seen_at);

-- What flows remember between runs: state:<flow>.<name>.
create table feedhub.state (
  flow       text        not null,
  name       text        not null,
  value      jsonb       not null,
  updated_at timestamptz not null default now(),
  primary key (flow, name)
);

-- What leaves the hub. Written in the flow's transaction, sent by whichever node takes it.
create table feedhub.outgoing (
  id           bigint generated always as identity primary key,
  flow         text        not null,
  run          bigint,
  channel      text        not null,
  payload      jsonb       not null,
  state        text        not null default 'pending'
               check (state in ('pending', 'sending', 'delivered', 'parked', 'unknown')),
  attempts     integer     not null default 0,
  not_before   timestamptz not null default now(),
  node         text,
  message_id   text,
  error        text,
  created_at   timestamptz not null default now(),
  ended_at     timestamptz
);
create index outgoing_waiting on feedhub.outgoing (channel, id) where state in ('pending', 'sending');
create index outgoing_newest on feedhub.outgoing (created_at desc);

create table feedhub.outgoing_attempt (
  outgoing   bigint      not null references feedhub.outgoing on delete cascade,
  attempt    integer     not null,
  node       text        not null,
  started_at timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  status     integer,
  result     text,
  primary key (outgoing, attempt)
);

-- What models cost, per call; the daily budget is summed from it.
create table feedhub.llm_usage (
  id            bigint generated always as identity primary key,
  flow          text        not null,
  run           bigint,
  model         text        not null,
  input_tokens  integer     not null,
  output_tokens integer     not null,
  finish        text        not null,
  at            timestamptz not null default now()
);
create index llm_usage_day on feedhub.llm_usage (at);
