-- The tables of the flows, which live in Supabase's public schema. Harmless where they are already.
create table if not exists public.service_health (
  service    text primary key,
  status     text        not null,
  detail     text,
  changed_at timestamptz not null default now(),
  checked_at timestamptz not null default now()
);
create table if not exists public.tasks (
  id         text primary key,
  title      text        not null,
  status     text        not null,
  agent      text,
  source     text        not null,
  updated_at timestamptz not null default now()
);
create table if not exists public.x_posts (
  id        text primary key,
  author    text        not null,
  kind      text        not null,
  text      text        not null,
  url       text        not null,
  posted_at timestamptz not null,
  found_at  timestamptz not null default now()
);

-- What machines are asked to run: written by SQL, the API, the command line or command_executor.
create table if not exists public.command_queue (
  id              bigint generated always as identity primary key,
  machine         text        not null,
  command         text        not null,
  arguments       jsonb       not null default '{}',
  idempotency_key text        unique,
  requested_by    text        not null default current_user,
  role            text        not null default 'sql',
  source          text        not null default 'sql',
  requested_at    timestamptz not null default now(),
  status          text        not null default 'queued'
                  check (status in ('queued', 'running', 'done', 'failed', 'refused', 'unknown')),
  executor        text,
  attempts        integer     not null default 0,
  repeatable      boolean     not null default false,
  started_at      timestamptz,
  lease_until     timestamptz,
  ended_at        timestamptz,
  exit_code       integer,
  output          text        not null default '',
  errors          text        not null default '',
  truncated       boolean     not null default false,
  duration_ms     bigint,
  reason          text,
  told_at         timestamptz
);
create index if not exists command_queue_waiting on public.command_queue (machine, id) where status = 'queued';
create index if not exists command_queue_running on public.command_queue (lease_until) where status = 'running';
create index if not exists command_queue_untold on public.command_queue (id)
  where told_at is null and status in ('failed', 'refused', 'unknown');

-- What machines agree on: the mesh coordinator's tables.
create table if not exists public.work_claims (
  id          bigint generated always as identity unique,
  work        text        primary key,
  holder      text        not null,
  epoch       bigint      not null default 1,
  claimed_at  timestamptz not null default clock_timestamp(),
  lease_until timestamptz not null
);
create or replace function public.hold_work(held text, under bigint) returns void
language plpgsql as $$
begin
  perform from public.work_claims where work = held and epoch = under and lease_until > clock_timestamp() for share;
  if not found then
    raise exception 'the claim of % has run out or changed hands', held using errcode = 'FH003';
  end if;
end $$;
create table if not exists public.machine_work_queue (
  id         bigint generated always as identity primary key,
  work       text        not null unique,
  domain     text,
  title      text        not null,
  machine    text,
  status     text        not null default 'waiting' check (status in ('waiting', 'done', 'gone')),
  source     text        not null default 'sql',
  created_at timestamptz not null default now(),
  ended_at   timestamptz
);
create index if not exists machine_work_queue_waiting on public.machine_work_queue (id) where status = 'waiting';
create table if not exists public.machine_domains (
  machine text        not null,
  domain  text        not null,
  times   bigint      not null default 1,
  last_at timestamptz not null default clock_timestamp(),
  primary key (machine, domain)
);
create table if not exists public.machine_context_cache (
  machine    text        not null,
  key        text        not null,
  value      jsonb       not null,
  updated_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (machine, key)
);

-- Documents, dreams, articles and ideas, and what came of putting them side by side.
create table if not exists public.memory_documents (
  id         text        primary key,
  title      text        not null,
  text       text        not null,
  source     text        not null,
  updated_at timestamptz not null default now(),
  seeded_at  timestamptz
);
create index if not exists memory_documents_changed on public.memory_documents (updated_at, id);
create table if not exists public.dreams (
  id         text        primary key,
  title      text        not null,
  text       text        not null,
  mood       text,
  updated_at timestamptz not null
);
create table if not exists public.articles (
  id       text        primary key,
  title    text        not null,
  summary  text        not null default '',
  url      text,
  class    text,
  found_at timestamptz not null default now()
);
create table if not exists public.ss_ideas (
  id         text        primary key,
  title      text        not null,
  text       text        not null default '',
  status     text        not null default 'new',
  created_at timestamptz not null default now()
);
create table if not exists public.cross_pollinations (
  id       text        primary key,
  one      text        not null,
  other    text        not null,
  idea     text        not null,
  score    integer     not null,
  found_at timestamptz not null default now()
);
