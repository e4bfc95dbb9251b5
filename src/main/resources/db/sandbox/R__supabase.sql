-- Stand-ins for the tables that live in Supabase's public schema.
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
insert into public.tasks (id, title, status, source)
values ('t-100', 'Index the vault', 'running', 'supabase'), ('t-101', 'Render the weekly clip', 'pending', 'supabase')
on conflict do nothing;
