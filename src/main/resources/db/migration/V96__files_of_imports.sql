comment on column feedhub.import.file is
  'the family''s name: the file without Syncthing''s stamp, with its folder below the one that was imported';
