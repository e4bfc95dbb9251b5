-- Who did what. Written in the action's own transaction and never changed.
create table feedhub.audit (
  id      bigint generated always as identity primary key,
  at      timestamptz not null default clock_timestamp(),
  who     text        not null,
  role    text        not null,
  via     text        not null,
  origin  text        not null,
  action  text        not null,
  subject text        not null,
  before  jsonb,
  after   jsonb,
  result  text        not null check (result in ('done', 'refused', 'failed')),
  reason  text
);
create index audit_subject on feedhub.audit (subject, id desc);
create index audit_who on feedhub.audit (who, id desc);

-- Holds for the tables' owner too, whom no missing grant would stop. Only what is older than a year may go.
create function feedhub.keep_audit() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.at < now() - interval '1 year' then
      return old;
    end if;
  end if;
  raise exception 'feedhub.audit is append-only' using errcode = 'FH002';
end $$;
create trigger audit_is_append_only before update or delete on feedhub.audit
  for each row execute function feedhub.keep_audit();
create trigger audit_is_not_emptied before truncate on feedhub.audit
  for each statement execute function feedhub.keep_audit();

-- The application's role may call this and may not delete by itself.
create function feedhub.prune_audit(older_than interval) returns bigint
language plpgsql security definer set search_path = feedhub as $$
declare
  gone bigint;
begin
  delete from feedhub.audit where at < now() - greatest(older_than, interval '1 year');
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function feedhub.prune_audit(interval) from public;
