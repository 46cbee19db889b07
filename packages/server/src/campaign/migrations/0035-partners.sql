-- Partners: organisations that ask on their own pages, each with a source code that its signatures carry.
create table campaign.partners (
  id uuid primary key,
  source text not null unique check (source ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null,
  -- Where its pages are; only these may show the form in a frame.
  hosts text[] not null check (cardinality(hosts) between 1 and 20),
  -- Of the picture as it was drawn again here.
  logo_sha256 text check (logo_sha256 ~ '^[0-9a-f]{64}$'),
  created_by uuid not null,
  created_at timestamptz not null,
  left_at timestamptz,
  left_by uuid,
  check ((left_at is null) = (left_by is null))
);

-- The line in which people agree to mail from the partner. Texts that somebody may have agreed to never change.
create table campaign.partner_consents (
  partner_id uuid not null references campaign.partners (id),
  version int not null check (version > 0),
  texts jsonb not null,
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (partner_id, version)
);

-- Which partner a signature came through, and whether its owner wants mail from it. Goes with the signature.
create table campaign.partner_signatures (
  signatory_id uuid primary key references campaign.signatories (id) on delete cascade,
  partner_id uuid not null references campaign.partners (id),
  consent_version int,
  consented_at timestamptz,
  consent_ended_at timestamptz,
  foreign key (partner_id, consent_version) references campaign.partner_consents (partner_id, version),
  check ((consent_version is null) = (consented_at is null)),
  check (consent_ended_at is null or consented_at is not null)
);
create index partner_signatures_partner on campaign.partner_signatures (partner_id);

-- Moderators: users who may decide about signatures; of the whole campaign, or of what came through one partner.
create table campaign.moderators (
  user_id uuid not null,
  partner_id uuid references campaign.partners (id),
  added_at timestamptz not null,
  unique nulls not distinct (user_id, partner_id)
);
create table campaign.moderator_invitations (
  id uuid primary key,
  token_hash text not null unique,
  partner_id uuid references campaign.partners (id),
  -- Gone once it is answered.
  email text,
  name text not null,
  invited_by uuid not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('open', 'used', 'replaced', 'withdrawn'))
);
create index moderator_invitations_open on campaign.moderator_invitations (partner_id) where state = 'open';
