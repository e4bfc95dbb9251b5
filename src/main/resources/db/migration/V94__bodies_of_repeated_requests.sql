-- The hash of the body that came with an Idempotency-Key: a key with another body is another request.
alter table feedhub.request add column sent bytea;
