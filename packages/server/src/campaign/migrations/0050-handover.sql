-- Bodies that license: who of the signatories wants to go on is handed to one of them, by consent.
create table campaign.licensing_bodies (
  id uuid primary key,
  name text not null,
  base_url text not null,
  about_en text not null,
  about_de text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index licensing_bodies_live on campaign.licensing_bodies (base_url) where ended_at is null;

-- One row per consent to be handed on. The code is fetched once by the body; only its keyed hash is kept.
create table campaign.handovers (
  id uuid primary key,
  code_hash text not null unique,
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  body_name text not null,
  body_url text not null,
  consent_version integer not null,
  locale text not null check (locale in ('en', 'de')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index handovers_signatory on campaign.handovers (signatory_id);
