-- what waits for a person is counted at each look at the flows
create index outgoing_undecided on feedhub.outgoing (id) where state in ('parked', 'unknown');
