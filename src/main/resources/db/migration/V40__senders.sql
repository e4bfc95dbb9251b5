-- queued → sending → delivered | parked | unknown, or given-up by a person.
drop index feedhub.outgoing_waiting;
alter table feedhub.outgoing drop constraint outgoing_state_check;
update feedhub.outgoing set state = 'queued' where state = 'pending';
alter table feedhub.outgoing
  alter column state set default 'queued',
  add constraint outgoing_state_check
    check (state in ('queued', 'sending', 'delivered', 'parked', 'unknown', 'given-up')),
  drop column not_before,                               -- a channel keeps its order, so the channel waits
  add column repeats integer not null default 0,        -- sent again though an earlier try may have arrived
  add column fold    boolean not null default false,    -- may share one Discord message with its neighbours
  add column size    integer not null default 0,        -- characters that count against the sum of a message
  add column sent_at timestamptz;
create index outgoing_waiting on feedhub.outgoing (channel, id) where state in ('queued', 'sending');
create index outgoing_sending on feedhub.outgoing (channel) where state = 'sending';

-- How each attempt ended. invalid: it counts against Discord's 10,000 invalid requests in 10 minutes.
alter table feedhub.outgoing_attempt
  alter column ended_at set default clock_timestamp(),
  add column invalid boolean not null default false;
create index outgoing_attempt_invalid on feedhub.outgoing_attempt (ended_at) where invalid;

-- What all nodes know of a channel: who sends in it, and when the next message may leave.
create table feedhub.channel (
  name          text        primary key,
  node          text,                                   -- who sends, until busy_until
  busy_until    timestamptz not null default '-infinity',
  not_before    timestamptz not null default '-infinity', -- told by a 429, or the pause before a retry
  remaining     integer,                                -- of the webhook's bucket until reset_at, as last told
  reset_at      timestamptz,
  sent          timestamptz[] not null default '{}',    -- the last sends, oldest first
  quota         integer,                                -- sends in a period: the limit that only shows as a 429
  period        interval    not null default '60 seconds',
  learned_at    timestamptz,
  parked_at     timestamptz,
  parked_reason text
);

-- When the channel's next message may leave, as far as its limits are known.
create function feedhub.may_send_at(c feedhub.channel) returns timestamptz
language sql stable as $$
  select greatest(
    c.not_before,
    case when c.remaining <= 0 then c.reset_at end,
    case when cardinality(c.sent) >= c.quota and c.learned_at > now() - interval '1 day'
         then c.sent[cardinality(c.sent) - c.quota + 1] + c.period end)
$$;

-- Old messages are looked for among those that need nobody any more.
create index outgoing_over on feedhub.outgoing (ended_at) where state in ('delivered', 'given-up');
