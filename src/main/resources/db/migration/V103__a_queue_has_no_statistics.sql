-- Which messages wait changes by the second, and statistics are of another hour: taken during a backlog they made the planner
-- read the whole ledger for the next message of a channel, since so many of its rows seemed to be waiting. Without any it
-- expects few, and takes the index of what waits. To set the type that a column has forgets what is known of it; it checks the
-- rows and makes the partial indexes again, a second or two for a million messages, in which the senders wait.
set local lock_timeout = '10s';
alter table feedhub.outgoing
  alter column state set statistics 0,
  alter column channel set statistics 0,
  alter column state type text,
  alter column channel type text;
