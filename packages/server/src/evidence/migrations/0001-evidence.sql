create schema evidence;

-- A scan report somebody handed in, with the exact text under its hash. After erasure the text is gone.
create table evidence.checks (
  id uuid primary key,
  party_id uuid not null references parties.parties (id),
  dataset text not null,
  use text not null,
  report_sha256 text not null check (report_sha256 ~ '^[0-9a-f]{64}$'),
  report text,
  index_sha256 text not null,
  scanned_at timestamptz not null,
  items bigint not null,
  words bigint not null,
  bytes bigint not null,
  tool text not null,
  handed_in_by uuid not null,
  handed_in_at timestamptz not null,
  unique (party_id, report_sha256, use)
);
create index checks_of_party on evidence.checks (party_id, id desc);

-- What a report says matches, one row for each item and work.
create table evidence.hits (
  check_id uuid not null references evidence.checks (id) on delete cascade,
  position int not null,
  work_id uuid not null,
  item text not null,
  input text not null,
  kind text not null,
  words int,
  coverage double precision,
  sha256 text,
  primary key (check_id, position)
);
create index hits_of_work on evidence.hits (check_id, work_id);

-- A case: what was seen of one client or in data sets, sealed as one document that never changes. After erasure it is
-- gone, and only its hash stays.
create table evidence.cases (
  id uuid primary key,
  party_id uuid not null references parties.parties (id),
  site_id uuid,
  client text,
  from_at timestamptz not null,
  to_at timestamptz not null,
  work_ids uuid[] not null,
  check_ids uuid[] not null,
  sealed text,
  sealed_sha256 text not null check (sealed_sha256 ~ '^[0-9a-f]{64}$'),
  leaf_id uuid not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  check (from_at < to_at),
  check ((site_id is null) = (client is null))
);
create index cases_of_party on evidence.cases (party_id, id desc);

create function evidence.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.sealed is null and new.client is not distinct from old.client
    and new.sealed_sha256 = old.sealed_sha256 and new.leaf_id = old.leaf_id then
    return new;
  end if;
  raise exception 'a case never changes' using errcode = 'integrity_constraint_violation';
end $$;
create trigger cases_never_change before update or delete on evidence.cases
  for each row execute function evidence.refuse_change();
create trigger cases_never_vanish before truncate on evidence.cases
  for each statement execute function evidence.refuse_change();
