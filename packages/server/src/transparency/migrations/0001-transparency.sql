create schema transparency;

-- What is in the log or waits to be: never deleted, so that the log can be shown for ever.
create table transparency.leaves (
  id uuid primary key,
  -- Order of creation; rolled back transactions leave gaps here, never in leaf_index.
  arrival bigint not null generated always as identity,
  type text not null check (type ~ '^[a-z][a-z0-9.-]{0,63}$'),
  commitment text not null check (commitment ~ '^[0-9a-f]{64}$'),
  subject text not null,
  created_at timestamptz not null,
  -- Null while it waits for the sequencer.
  leaf_index bigint unique check (leaf_index >= 0)
);
create index leaves_pending on transparency.leaves (arrival) where leaf_index is null;
create index leaves_arrival on transparency.leaves (arrival desc);
create index leaves_subject on transparency.leaves (subject, arrival);

-- What a leaf commits to; deleted on erasure, after which the leaf says nothing to anybody.
create table transparency.records (
  leaf_id uuid primary key references transparency.leaves (id),
  salt bytea not null check (length(salt) = 32),
  record text not null
);

-- Hash tiles of C2SP tlog-tiles; the one at the right edge of each level grows until it is full.
create table transparency.tiles (
  level int not null check (level >= 0),
  tile_index bigint not null check (tile_index >= 0),
  hashes bytea not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  primary key (level, tile_index)
);

create table transparency.checkpoints (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  -- The log's name; set by the first checkpoint and the same in all.
  origin text not null,
  note text not null,
  created_at timestamptz not null
);
