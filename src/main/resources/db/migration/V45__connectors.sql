-- What was used of a service's daily quota; days begin at midnight Pacific.
create table feedhub.quota (
  name  text   not null,
  day   date   not null,
  units bigint not null,
  primary key (name, day)
);

-- Apify runs that were asked for and not yet read. A row without run_id is a start whose answer never came.
create table feedhub.apify_run (
  flow       text        not null,
  actor      text        not null,
  input      text        not null,
  asked_at   timestamptz not null,
  run_id     text,
  primary key (flow, actor, input)
);

-- Answers of models by the hash of what was asked.
create table feedhub.llm_cache (
  question text        primary key,
  answer   jsonb       not null,
  at       timestamptz not null
);
create index llm_cache_age on feedhub.llm_cache (at);

create index llm_usage_flow on feedhub.llm_usage (flow, at);
