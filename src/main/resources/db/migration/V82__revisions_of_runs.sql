-- Which revision of its flow a run ran; null while it waits, and for what never ran.
alter table feedhub.occurrence add column revision integer;
