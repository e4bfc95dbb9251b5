-- What a variable held before, so that a bad write can be undone. A removed variable is in state no more, but in here.
alter table feedhub.state
  add column version bigint not null default 1,
  add column run     bigint,
  add column origin  text not null default 'flow';   -- flow, operator or import

create table feedhub.state_version (
  flow       text        not null,
  name       text        not null,
  version    bigint      not null,
  value      jsonb       not null,
  run        bigint,
  origin     text        not null,
  updated_at timestamptz not null,
  ended_at   timestamptz not null default clock_timestamp(),
  primary key (flow, name, version)
);
create index state_version_age on feedhub.state_version (ended_at);

create function feedhub.keep_version() returns trigger language plpgsql as $$
begin
  insert into feedhub.state_version (flow, name, version, value, run, origin, updated_at)
  values (old.flow, old.name, old.version, old.value, old.run, old.origin, old.updated_at)
  on conflict do nothing;
  return null;
end $$;
create trigger keep_version after update or delete on feedhub.state for each row execute function feedhub.keep_version();

-- Where imported keys and variables came from.
create table feedhub.import (
  id          bigint generated always as identity primary key,
  flow        text        not null,
  name        text        not null,
  kind        text        not null,
  file        text        not null,      -- the newest file of the family, without its folder
  copies      integer     not null,
  entries     integer     not null,
  fingerprint text        not null,      -- of the merged value: the same import twice is one
  sources     jsonb       not null,      -- which file each key came from
  imported_at timestamptz not null default now(),
  unique (flow, name, fingerprint)
);
