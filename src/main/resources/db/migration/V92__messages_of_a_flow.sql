-- The newest messages of one flow, and of one channel: one that never posted would be looked for in the whole ledger.
create index outgoing_of_flow on feedhub.outgoing (flow, id desc);
create index outgoing_of_channel on feedhub.outgoing (channel, id desc);
