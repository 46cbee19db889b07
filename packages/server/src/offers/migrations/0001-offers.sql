create schema offers;

-- One draft a work; the version guards against two tabs.
create table offers.drafts (
  work_id uuid primary key,
  preset text not null,
  terms jsonb not null,
  version int not null check (version > 0),
  updated_by uuid not null,
  updated_at timestamptz not null
);

-- A published version. The text is the canonical JSON under the hash; it never changes.
create table offers.offers (
  id uuid primary key,
  work_id uuid not null,
  version int not null check (version > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  document text not null,
  published_by uuid not null,
  published_at timestamptz not null,
  unique (work_id, version)
);

create function offers.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a published offer never changes' using errcode = 'integrity_constraint_violation';
end $$;
create trigger offers_never_change before update or delete on offers.offers
  for each row execute function offers.refuse_change();
create trigger offers_never_vanish before truncate on offers.offers
  for each statement execute function offers.refuse_change();

-- A required holder's yes or no to one version, use and class of licensee.
create table offers.consents (
  id uuid primary key,
  offer_id uuid not null references offers.offers (id),
  party_id uuid not null,
  use text not null check (use in ('ai-index', 'ai-input', 'ai-train')),
  licensee_class text not null default 'any',
  state text not null check (state in ('pending', 'consented', 'declined')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  unique (offer_id, party_id, use, licensee_class)
);
create index consents_of_party on offers.consents (party_id, state);

-- Takes back every version up to a number. What was agreed before stays.
create table offers.withdrawals (
  id uuid primary key,
  work_id uuid not null,
  up_to_version int not null,
  party_id uuid not null,
  reason text not null,
  withdrawn_at timestamptz not null
);
create index withdrawals_of_work on offers.withdrawals (work_id);
