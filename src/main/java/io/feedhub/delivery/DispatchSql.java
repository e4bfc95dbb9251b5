package io.feedhub.delivery;

/** The statements of {@link Dispatch}. */
final class DispatchSql {

    /**
     * A channel's row is locked while its messages are taken; who comes too late passes it over or finds it busy. Messages
     * that may be folded follow the first as long as they are of its flow, in state, and fit; those that go alone follow it
     * as long as they are fewer than asked for, and the channel has told of no limit.
     *
     * <p>A channel's oldest message is found by itself, and the others from there on: until a vacuum the index still has those
     * that left, and to pass over them twice costs as much as all else. They are chosen once and then found by their ids: since
     * the statistics know of no queue, the planner would rather read it whole, and choose again for each message in it, which
     * takes two seconds with a backlog of 16,000.
     */
    static final String TAKE =
            """
            with asked as (
              select * from unnest(?::text[], ?::integer[]) as a(name, posts)
            ), ready as (
              select c.name, case when c.reset_at is null and c.quota is null then a.posts else 1 end as posts,
                     oldest.id as oldest
              from feedhub.channel c join asked a using (name), lateral (
                select id, state from feedhub.outgoing
                where channel = c.name and phase = 'waiting' order by id limit 1) as oldest
              where parked_at is null and busy_until = '-infinity'
                and feedhub.may_send_at(c) <= clock_timestamp() and oldest.state = 'queued'
              for update of c skip locked
            ), next as materialized (
              select chosen.id, chosen.state
              from ready, lateral (
                select id, state, row_number() over oldest as place, sum(size) over oldest as total,
                       bool_and(joins) over oldest as joined, bool_and(alone) over oldest as single
                from (select id, state, size, not fold and state = 'queued' as alone,
                             fold and state = 'queued' and flow = first_value(flow) over (order by id) as joins
                      from feedhub.outgoing
                      where channel = ready.name and id >= ready.oldest and phase = 'waiting'
                      order by id limit greatest(10, ready.posts)) as waiting
                window oldest as (order by id)
              ) as chosen
              where state = 'queued'
                and (place = 1 or joined and place <= 10 and total <= 6000 or single and place <= ready.posts)
            ), taken as (
              update feedhub.outgoing o
              set state = 'sending', attempts = attempts + 1, node = ?, sent_at = clock_timestamp()
              from next where o.id = next.id and o.state = next.state
              returning o.id, o.channel, o.flow, o.run, o.payload, o.fold, o.attempts, o.node
            ), held as (
              update feedhub.channel c
              set node = taken.node, busy_until = clock_timestamp() + ? * interval '1 millisecond',
                  sent = (sent || array_fill(clock_timestamp(), array[posts]))[greatest(1, cardinality(sent) + posts - 99):],
                  remaining = case when reset_at > clock_timestamp() then remaining - 1 end
              from (select channel, node, case when bool_or(fold) then 1 else count(*)::integer end as posts
                    from taken group by channel, node) as taken
              where c.name = taken.channel
            )
            select id, channel, flow, run, payload, fold, attempts from taken order by id""";

    /**
     * A late answer still settles what has meanwhile become unknown. What was taken and not posted is queued again as
     * it was, unless another node has taken it since: this may be said twice. A send counts from its answer: Discord's
     * window cannot have begun later, however long the request took. The limit that no header announces is learned:
     * what was sent within the period before it frees is what the channel takes in a period, but for the refused one,
     * and for one whose answer came so late that Discord counts it in the period before.
     */
    static final String RECORD =
            """
            with verdict as (
              select * from unnest(?::bigint[], ?::integer[], ?::text[], ?::integer[], ?::text[], ?::text[],
                                   ?::boolean[], ?::boolean[], ?::boolean[])
                as v(id, attempt, state, status, message_id, error, repeated, apart, invalid)
            ), told as (
              select *, clock_timestamp() as at
              from unnest(?::text[], ?::integer[], ?::integer[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[])
                as t(channel, taken, posted, remaining, reset, pause, hidden)
            ), kept as (
              update feedhub.outgoing o
              set state = 'queued', attempts = o.attempts - 1, ended_at = null, error = null
              from unnest(?::bigint[], ?::integer[]) as k(id, attempt)
              where o.id = k.id and o.attempts = k.attempt and o.state in ('sending', 'unknown') and o.node = ?
            ), ended as (
              update feedhub.outgoing o
              set state = v.state, message_id = v.message_id, error = v.error, repeats = repeats + v.repeated::int,
                  fold = fold and not v.apart,
                  ended_at = case when v.state = 'queued' then null else clock_timestamp() end
              from verdict v
              where o.id = v.id and o.attempts = v.attempt
                and (o.state in ('sending', 'unknown') or o.state = 'queued' and v.state = 'delivered')
              returning o.id
            ), noted as (
              insert into feedhub.outgoing_attempt as a (outgoing, attempt, node, started_at, status, result, invalid)
              select v.id, v.attempt, o.node, o.sent_at, v.status, coalesce(v.error, v.state), v.invalid
              from verdict v join feedhub.outgoing o on o.id = v.id
              on conflict (outgoing, attempt)
              do update set status = excluded.status, result = excluded.result, ended_at = excluded.ended_at
            )
            update feedhub.channel c
            set busy_until = '-infinity',
                sent = c.sent[:cardinality(c.sent) - t.taken] || array_fill(t.at, array[t.posted]),
                remaining = coalesce(t.remaining, c.remaining),
                reset_at = case when t.remaining is null then c.reset_at else t.at + t.reset * interval '1 millisecond' end,
                not_before = greatest(c.not_before, t.at + t.pause * interval '1 millisecond'),
                quota = case when t.hidden = 0 then c.quota else (
                  select greatest(1, t.posted - 2 + count(*)) from unnest(c.sent[:cardinality(c.sent) - t.taken]) as sent_at
                  where sent_at > t.at + t.hidden * interval '1 millisecond' - c.period) end,
                learned_at = case when t.hidden = 0 then c.learned_at else t.at end
            from told t
            where c.name = t.channel and c.node = ?
            returning c.name,
              greatest(0, ceil(extract(epoch from feedhub.may_send_at(c) - clock_timestamp()) * 1000)) as wait""";

    /**
     * Ends the holds that have run out, and those of a node that begins anew; what another locks is left to the next look. Only
     * a channel that is held has messages that are being sent, and none is taken before its hold is ended. So of a free channel
     * no more than the oldest message is looked at: should it be one that was sent long ago, nobody else would free its
     * channel. What was interrupted is unknown; in a channel that takes repeats it is sent again, and counted. Discord cannot
     * have had it later than now, so that is when it counts for the limits.
     */
    static final String CLOSE =
            """
            with held as (
              select name, name = any (?) as again from feedhub.channel c
              where busy_until > '-infinity' and (busy_until < clock_timestamp() or node = ?)
                or busy_until = '-infinity' and exists (
                  select from (
                    select state, sent_at from feedhub.outgoing o
                    where o.channel = c.name and phase = 'waiting' order by id limit 1) as oldest
                  where state = 'sending' and sent_at < clock_timestamp() - ? * interval '1 millisecond')
              for update skip locked
            ), interrupted as (
              update feedhub.outgoing o
              set state = case when c.again then 'queued' else 'unknown' end, repeats = repeats + c.again::int,
                  error = 'node ' || o.node || ' was stopped while it sent this; Discord may have it',
                  ended_at = case when c.again then null else clock_timestamp() end
              from held c
              where o.channel = c.name and o.phase = 'waiting' and o.state = 'sending'
              returning o.*
            ), noted as (
              insert into feedhub.outgoing_attempt (outgoing, attempt, node, started_at, result)
              select id, attempts, node, sent_at, error from interrupted
              on conflict do nothing
            ), freed as (
              update feedhub.channel c
              set busy_until = '-infinity',
                  sent = c.sent[:cardinality(c.sent) - i.posts] || array_fill(clock_timestamp(), array[i.posts])
              from (select name, case when bool_or(fold) then 1 else count(channel)::integer end as posts
                    from held left join interrupted on channel = name group by name) i
              where c.name = i.name
            )
            select channel, state from interrupted""";

    private DispatchSql() {}
}
