-- Whom the hub let ask for a command, and for what. The queue itself may be written by flows and by others, so what it says of
-- the role of whoever asked is no proof.
create table feedhub.command_warrant (
  id           bigint primary key,
  machine      text   not null,
  command      text   not null,
  arguments    jsonb  not null,
  requested_by text   not null,
  role         text   not null
);
