-- Signatories: on what a signature rests. `mailbox`: the owner of the mailbox confirmed it. `authority`: somebody signed for
-- the person and says to hold her written authority. `import`: an earlier list with proof of consent.
alter table campaign.signatories
  add column basis text not null default 'mailbox' check (basis in ('mailbox', 'authority', 'import')),
  -- Who signed for the person, as shown; the party it was, as long as there is one.
  add column through_name text,
  add column through_party_id uuid,
  -- Of an import: where the person signed, as shown.
  add column source text,
  add column roster_id uuid;
alter table campaign.signatories add check ((basis = 'authority') = (through_name is not null));
alter table campaign.signatories add check ((basis = 'import') = (source is not null));
alter table campaign.signatories add check ((basis = 'mailbox') or (roster_id is not null));
-- Only one's own signature is one of a mailbox; a band or an agency may share one.
drop index campaign.signatories_live;
create unique index signatories_live on campaign.signatories (mailbox_key)
  where state in ('pending', 'held', 'confirmed') and basis = 'mailbox';
create index signatories_roster on campaign.signatories (roster_id) where roster_id is not null;
create index signatories_name on campaign.signatories (name_folded, country);
create index signatories_basis on campaign.signatories (basis, confirmed_at desc, id desc)
  where state = 'confirmed' and not hidden and basis <> 'mailbox';

-- Rosters: lists of people signed for by somebody, or of those who signed elsewhere (source of an import).
create table campaign.rosters (
  id uuid primary key,
  origin text not null check (origin in ('roster', 'import')),
  -- What the one who signs is to the people on it.
  role text not null check (role in ('agent', 'estate', 'band', 'guild', 'union', 'publisher', 'organiser')),
  through_name text not null,
  party_id uuid,
  created_by uuid,
  locale text not null check (locale in ('en', 'de')),
  state text not null check (state in
    ('checking', 'checked', 'waiting', 'publishing', 'published', 'refused', 'withdrawn')),
  -- Of an upload: the file, by content, so that the same one is taken once.
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_name text not null,
  declaration_version int not null,
  declaration_sha256 text not null check (declaration_sha256 ~ '^[0-9a-f]{64}$'),
  -- What holds for rows that do not say it themselves.
  defaults jsonb not null,
  -- The document that shows the authority or the consent, if there is one for all.
  document_sha256 text check (document_sha256 ~ '^[0-9a-f]{64}$'),
  document_name text,
  document_type text,
  statement_version int,
  stated_at timestamptz,
  -- Why the file could not be read to its end.
  problem text,
  problem_line int,
  lines int not null default 0,
  fine int not null default 0,
  duplicates int not null default 0,
  wrong int not null default 0,
  done int not null default 0,
  created_at timestamptz not null,
  submitted_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  answer text,
  published_at timestamptz,
  ended_at timestamptz,
  check ((document_sha256 is null) = (document_name is null)),
  check ((statement_version is null) = (stated_at is null)),
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (answer is null)),
  check (state not in ('waiting', 'publishing', 'published') or stated_at is not null)
);
create index rosters_party on campaign.rosters (party_id, created_at desc);
create index rosters_state on campaign.rosters (state, submitted_at);
create unique index rosters_once on campaign.rosters (party_id, file_sha256, declaration_version)
  where state not in ('refused', 'withdrawn');

-- Rows: one person each. What is said about a person leaves the row once the signature holds it; what shows the authority or
-- the consent stays as long as the signature.
create table campaign.roster_rows (
  id uuid primary key,
  roster_id uuid not null references campaign.rosters (id) on delete cascade,
  line int not null,
  verdict text not null check (verdict in ('fine', 'duplicate', 'wrong')),
  -- Code of what is the matter, and what it is about (field or line).
  problem text,
  problem_about text,
  basis text check (basis in ('mailbox', 'authority', 'import')),
  -- The person, as read: null once it is in the signature, or was wrong and the roster is submitted.
  person jsonb,
  name_folded text,
  country text,
  mailbox_key text,
  -- What shows it.
  proof jsonb,
  state text not null default 'checked' check (state in ('checked', 'signed', 'invited', 'answered', 'left')),
  signatory_id uuid references campaign.signatories (id) on delete cascade,
  invited_at timestamptz
);
create unique index roster_rows_line on campaign.roster_rows (roster_id, line);
create unique index roster_rows_signatory on campaign.roster_rows (signatory_id) where signatory_id is not null;
create index roster_rows_name on campaign.roster_rows (roster_id, name_folded);
create index roster_rows_mailbox on campaign.roster_rows (mailbox_key) where mailbox_key is not null;
