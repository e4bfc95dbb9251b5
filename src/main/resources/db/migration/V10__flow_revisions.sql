-- Every edit of a file, whatever became of it. flow is the flow's id, or beans/<name> or _shared/<name>. Numbers count up for
-- each flow. Two editors of one revision both ask for the next number; the key lets one have it.
create table feedhub.flow_revision (
  flow     text        not null,
  revision integer     not null,
  file     text        not null,
  state    text        not null check (state in ('accepted', 'deleted', 'refused', 'conflict')),
  content  text        not null,
  sha256   text        not null,
  author   text        not null,
  origin   text        not null,
  node     text        not null,
  base     integer     not null,
  findings jsonb       not null default '[]',
  open     boolean     not null default false,
  at       timestamptz not null default clock_timestamp(),
  primary key (flow, revision)
);
comment on column feedhub.flow_revision.open is 'refused, and the file in the folder is still so';
create index flow_revision_open on feedhub.flow_revision (flow) where open;
-- what should run: the newest of these
create index flow_revision_head on feedhub.flow_revision (flow, revision) where state in ('accepted', 'deleted');

-- Which revision the file in a node's folder is, or was before somebody edited it.
create table feedhub.flow_copy (
  node     text        not null,
  flow     text        not null,
  revision integer     not null,
  at       timestamptz not null default now(),
  primary key (node, flow)
);
