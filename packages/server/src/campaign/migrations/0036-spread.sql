-- Corrections that an operator writes down; what clean-ups took out is read from the clean-ups. Never changed.
create table campaign.corrections (
  id uuid primary key,
  happened_on date not null,
  texts jsonb not null,
  -- By how much the count changed, where it did.
  change int,
  written_by uuid not null,
  written_at timestamptz not null
);

-- The public list, once a day: how many, and the fingerprints of the files. The names themselves are not kept twice.
create table campaign.list_records (
  day date primary key,
  at timestamptz not null,
  confirmed int not null,
  hidden int not null,
  list_sha256 text not null check (list_sha256 ~ '^[0-9a-f]{64}$'),
  csv_sha256 text not null check (csv_sha256 ~ '^[0-9a-f]{64}$')
);
