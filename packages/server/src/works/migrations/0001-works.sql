create schema works;

-- A work is the creation. It is never deleted: it is withdrawn, and what is personal in it can be emptied.
create table works.works (
  id uuid primary key,
  registrant_id uuid not null references parties.parties (id),
  title text not null,
  type text not null,
  language text,
  created_year int,
  created_place text,
  first_published text,
  making text check (making in ('human', 'assisted', 'generated')),
  state text not null default 'registered' check (state in ('registered', 'withdrawn')),
  withdrawn_reason text,
  withdrawn_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null
);
create index works_of_registrant on works.works (registrant_id, created_at desc);

-- A file, an address or a fingerprint in which the work exists.
create table works.manifestations (
  id uuid primary key,
  work_id uuid not null references works.works (id),
  kind text not null check (kind in ('file', 'url', 'fingerprint')),
  url text,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint check (bytes >= 0),
  media_type text,
  filename text,
  created_at timestamptz not null,
  check (case when kind = 'url' then url is not null else sha256 is not null end)
);
create index manifestations_of_work on works.manifestations (work_id);
create index manifestations_by_hash on works.manifestations (sha256) where sha256 is not null;
create index manifestations_by_url on works.manifestations (url) where url is not null;

create table works.identifiers (
  work_id uuid not null references works.works (id),
  scheme text not null,
  value text not null,
  display text not null,
  primary key (work_id, scheme, value)
);
create index identifiers_by_value on works.identifiers (scheme, value);

-- A share in the right. It counts when its holder has accepted it.
create table works.claims (
  id uuid primary key,
  work_id uuid not null references works.works (id),
  party_id uuid not null references parties.parties (id),
  name text not null,
  email text,
  role text not null,
  share_ppm int not null check (share_ppm between 1 and 1000000),
  state text not null check (state in ('pending', 'accepted', 'declined', 'withdrawn')),
  authority text not null default 'unsure' check (authority in ('mine', 'theirs', 'unsure')),
  authority_holder_kind text,
  authority_holder_name text,
  note text,
  wish_ppm int check (wish_ppm between 1 and 1000000),
  position int not null,
  created_at timestamptz not null,
  answered_at timestamptz
);
create index claims_of_work on works.claims (work_id, position);
create index claims_of_party on works.claims (party_id);
create unique index claims_once on works.claims (work_id, party_id) where state <> 'withdrawn';

-- Only the hash of the secret in the link is kept.
create table works.invitations (
  id uuid primary key,
  claim_id uuid not null references works.claims (id),
  token_sha256 text not null unique,
  state text not null default 'open' check (state in ('open', 'used', 'replaced')),
  locale text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitations_of_claim on works.invitations (claim_id, sent_at desc);

-- Answers to "who may say yes?", each with the version of the question; the latest is the default for new works.
create table works.authority_answers (
  id uuid primary key,
  party_id uuid not null references parties.parties (id),
  answer text not null check (answer in ('mine', 'theirs', 'unsure')),
  holder_kind text check (holder_kind in ('society', 'publisher', 'label', 'employer', 'client', 'heir')),
  holder_name text,
  question_version text not null,
  answered_at timestamptz not null
);
create index authority_answers_latest on works.authority_answers (party_id, answered_at desc);

-- Objections: while one is open the share is on hold.
create table works.holds (
  id uuid primary key,
  claim_id uuid not null references works.claims (id),
  raised_by uuid not null references parties.parties (id),
  reason text not null,
  state text not null default 'open' check (state in ('open', 'taken-back', 'upheld', 'rejected')),
  opened_at timestamptz not null,
  answer_due_at timestamptz not null,
  closed_at timestamptz,
  resolution text
);
create unique index holds_open on works.holds (claim_id, raised_by) where state = 'open';
