-- What is recognised of a file: exact hashes beside that of its bytes, and the fingerprints of a text. Holds no text.
create table works.fingerprints (
  manifestation_id uuid primary key references works.manifestations (id) on delete cascade,
  work_id uuid not null references works.works (id),
  -- The version of how fingerprints are made; older ones are made anew.
  algorithm int not null,
  -- [{"kind": "text" | "pixels" | "audio", "sha256": "..."}]
  keys jsonb not null,
  text_words int,
  text_print bytea,
  -- Why nothing could be made of the content: a code.
  problem text,
  made_at timestamptz not null
);
create index fingerprints_of_work on works.fingerprints (work_id);

-- The match indexes that were built; the last is current, its file a blob.
create table works.match_indexes (
  seq bigint primary key generated always as identity,
  sha256 text not null,
  bytes bigint not null,
  works int not null,
  fingerprints bigint not null,
  -- Says whether anything changed since.
  marker text not null,
  created_at timestamptz not null,
  built_at timestamptz not null,
  looked_at timestamptz not null
);
