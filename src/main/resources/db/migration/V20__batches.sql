-- What waits to be sent together, one row for each open batch: bodies and headers as JSON.
create table feedhub.batch (
  repository text        not null,
  key        text        not null,
  exchange   text        not null,
  version    bigint      not null,
  content    jsonb       not null,
  due_at     timestamptz,            -- when its time-out ends, or null
  updated_at timestamptz not null default now(),
  primary key (repository, key)
);

-- Complete and on its way. The row goes when the transaction of the delivery commits, so a batch is delivered once.
create table feedhub.batch_completed (
  repository   text        not null,
  exchange     text        not null,
  content      jsonb       not null,
  completed_at timestamptz not null default now(),
  taken_until  timestamptz not null,  -- until then its node delivers it; later any node may
  primary key (repository, exchange)
);
