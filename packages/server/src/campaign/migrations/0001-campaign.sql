create schema campaign;

-- Signatories: one row per consent. Of a mailbox at most one row is live (pending or confirmed); rows of signatures
-- withdrawn stay as proof of the consent they once were, until their retention ends or the person has them erased.
create table campaign.signatories (
  id uuid primary key,
  state text not null check (state in ('pending', 'confirmed', 'withdrawn')),
  name text not null,
  -- The name folded for search: no marks, lower case.
  name_folded text not null,
  hidden boolean not null,
  craft text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  email text not null,
  -- For comparison only: the mailbox without its tag.
  mailbox_key text not null,
  user_id uuid,
  locale text not null check (locale in ('en', 'de')),
  age text not null check (age in ('sixteen', 'guardian')),
  declaration_version int not null,
  declaration_sha256 text not null check (declaration_sha256 ~ '^[0-9a-f]{64}$'),
  consent_version int not null,
  consented_at timestamptz not null,
  mail_consent_version int,
  mail_consented_at timestamptz,
  created_at timestamptz not null,
  mailed_at timestamptz not null,
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  check ((mail_consent_version is null) = (mail_consented_at is null)),
  check (state <> 'confirmed' or confirmed_at is not null),
  check ((state = 'withdrawn') = (withdrawn_at is not null))
);
create unique index signatories_live on campaign.signatories (mailbox_key) where state in ('pending', 'confirmed');
create index signatories_mailbox on campaign.signatories (mailbox_key);
create index signatories_user on campaign.signatories (user_id) where user_id is not null;
-- The wall: newest first, and its filters.
create index signatories_wall on campaign.signatories (confirmed_at desc, id desc) where state = 'confirmed';

-- Links sent by mail that confirm, and the step from a confirmed signature to an account. Only keyed hashes.
create table campaign.links (
  id uuid primary key,
  token_hash text not null unique,
  purpose text not null check (purpose in ('confirm', 'account')),
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  superseded_at timestamptz
);
create index links_signatory on campaign.links (signatory_id);

-- Suppressions: what is left of an erased signature, a keyed hash of the mailbox, so that nobody brings it back.
create table campaign.suppressions (
  mailbox_hmac text primary key,
  -- `never` was asked for by someone who had not signed: no mail to this mailbox, whoever types it.
  reason text not null check (reason in ('erased', 'never')),
  created_at timestamptz not null,
  retain_until timestamptz not null
);
