-- A message that is taken stays where it is, in its page and in each index: no index speaks of its state any more, but of its phase,
-- which only changes when it leaves. The free half of a page is for that second version. The rows are written anew, some 15 s for a
-- million messages and up to three times the disk meanwhile; who posts waits so long.
set local lock_timeout = '10s';
drop index feedhub.outgoing_waiting, feedhub.outgoing_sending, feedhub.outgoing_undecided, feedhub.outgoing_over;
alter table feedhub.outgoing
  add column phase text not null generated always as (
    case when state in ('queued', 'sending') then 'waiting' when state in ('parked', 'unknown') then 'undecided' else 'over' end) stored;
alter table feedhub.outgoing
  set (fillfactor = 50),                        -- afterwards: what left long ago needs no room
  alter column phase set statistics 0;          -- as of the state
-- Whatever is being sent is found by its channel's hold now.
update feedhub.channel c set busy_until = now()
where busy_until = '-infinity' and exists (select from feedhub.outgoing o where o.channel = c.name and o.state = 'sending');
create index outgoing_waiting on feedhub.outgoing (channel, id) where phase = 'waiting';
create index outgoing_undecided on feedhub.outgoing (id) where phase = 'undecided';
