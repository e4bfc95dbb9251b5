-- What the sandbox finds in them. Repeatable migrations run in the order of their names: this one after the tables.
insert into public.tasks (id, title, status, source)
values ('t-100', 'Index the vault', 'running', 'supabase'), ('t-101', 'Render the weekly clip', 'pending', 'supabase')
on conflict do nothing;
insert into public.memory_documents (id, title, text, source)
values ('d-1', 'How the gateway is restarted', 'Drain, restart, wait for three healthy probes.', 'vault'),
       ('d-2', 'Voices that listeners like', 'Slow, low, no music below the voice.', 'vault')
on conflict do nothing;
insert into public.articles (id, title, summary, url)
values ('a-1', 'Slow fades keep listeners asleep', 'A study of 300 nights.', 'https://example.org/slow-fades'),
       ('a-2', 'Small models on phones', 'What fits into 4 GB.', 'https://example.org/small-models')
on conflict do nothing;
insert into public.ss_ideas (id, title, text)
values ('i-1', 'A night train', 'Eight hours of rails, no whistle.')
on conflict do nothing;
