-- Answers to requests that carried an Idempotency-Key, so that a repeated one gets the same answer and starts nothing. Kept a day.
create table feedhub.request (
  who     text        not null,
  key     text        not null,
  request text        not null,
  status  integer,
  body    text,
  at      timestamptz not null default now(),
  primary key (who, key)
);
create index request_age on feedhub.request (at);
