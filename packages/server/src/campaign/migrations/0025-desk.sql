-- Signatories: organisations beside people, what may be added to a name, and what waits for a person's decision.
alter table campaign.signatories
  add column kind text not null default 'person' check (kind in ('person', 'organisation')),
  add column town text,
  add column affiliation text,
  add column note text,
  -- Of an organisation: how many members it says it has, and whom to ask. The contact is never shown.
  add column members int check (members > 0),
  add column contact text,
  -- The name, folded, that a moderator has let through, and whether it is another person's name too.
  add column cleared_name text,
  add column namesake boolean not null default false,
  add column featured_at timestamptz,
  add column featured_by uuid;
alter table campaign.signatories add check (kind = 'organisation' or (members is null and contact is null));
alter table campaign.signatories add check ((featured_at is null) = (featured_by is null));

alter table campaign.signatories add constraint signatories_held_check
  check (state <> 'held' or cardinality(held_for) > 0);
create index signatories_featured on campaign.signatories (featured_at desc) where featured_at is not null;
create index signatories_version on campaign.signatories (declaration_version);

-- Protected names: whoever signs with one of them, or with what looks like one, waits for a moderator.
create table campaign.protected_names (
  id uuid primary key,
  name text not null,
  -- Spellings under which it is found (see fold-name.ts): words, and all words run together.
  keys text[] not null,
  reason text not null,
  -- Of a featured signatory: the one who bears it.
  signatory_id uuid references campaign.signatories (id) on delete cascade,
  added_by uuid not null,
  added_at timestamptz not null
);
create unique index protected_names_once on campaign.protected_names (name);
create index protected_names_keys on campaign.protected_names using gin (keys);

-- Checks: what was seen, by which method, when. Never more than that.
create table campaign.checks (
  id uuid primary key,
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  method text not null check (method in ('domain-mail', 'link-back', 'vouch', 'evidence')),
  -- Domain, host, name of the organisation that vouches; empty for evidence.
  detail text not null,
  voucher_id uuid references campaign.signatories (id) on delete cascade,
  checked_by uuid,
  checked_at timestamptz not null
);
create unique index checks_once on campaign.checks (signatory_id, method, detail);
create index checks_voucher on campaign.checks (voucher_id) where voucher_id is not null;

-- Domains whose mail shows that somebody belongs to an organisation.
create table campaign.official_domains (
  domain text primary key,
  organisation text not null,
  added_by uuid not null,
  added_at timestamptz not null
);

-- Reviews: what waits for a moderator, and what was decided with which reason.
create table campaign.reviews (
  id uuid primary key,
  kind text not null check (kind in ('name', 'report', 'evidence')),
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  -- The protected name it looks like, the ground of the report, or empty.
  ground text not null,
  words text not null,
  reporter_email text,
  reporter_locale text check (reporter_locale in ('en', 'de')),
  opened_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  outcome text check (outcome in ('allowed', 'namesake', 'removed', 'kept', 'accepted', 'refused')),
  answer text,
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (outcome is null)
    and (decided_at is null) = (answer is null))
);
create index reviews_open on campaign.reviews (opened_at) where decided_at is null;
create index reviews_signatory on campaign.reviews (signatory_id);

-- Versions of the declaration after the one that comes with the software. Texts are fixed once approved.
create table campaign.declarations (
  version int primary key check (version > 1),
  texts jsonb not null,
  state text not null check (state in ('draft', 'proposed', 'approved', 'public')),
  written_by uuid not null,
  written_at timestamptz not null,
  -- Raised by each change, so that two editors do not overwrite each other.
  edition int not null,
  publish_at timestamptz,
  -- Signatures are collected before the text is public.
  embargo boolean not null default false,
  collect_key text unique,
  published_on date,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  approved_by uuid,
  approved_at timestamptz,
  check ((state in ('approved', 'public')) = (approved_by is not null)),
  check (approved_by is null or (approved_by <> written_by and publish_at is not null and sha256 is not null
    and published_on is not null and approved_at is not null))
);

-- Who signed an older version and agreed to a newer one too. The older signature stays what it was.
create table campaign.agreements (
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  version int not null,
  sha256 text not null,
  consent_version int not null,
  agreed_at timestamptz not null,
  primary key (signatory_id, version)
);
