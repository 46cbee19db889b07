create schema licensing;

-- OAuth clients of licensees. Only a keyed hash of the secret is kept.
create table licensing.clients (
  id uuid primary key,
  licensee_id uuid not null references parties.parties (id),
  name text not null,
  secret_hmac text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  rotated_at timestamptz,
  revoked_at timestamptz
);
create index clients_of_licensee on licensing.clients (licensee_id, created_at);

-- A holder's no to one company, whatever the terms say to everybody.
create table licensing.denials (
  holder_id uuid not null references parties.parties (id),
  licensee_id uuid not null references parties.parties (id),
  denied_at timestamptz not null,
  primary key (holder_id, licensee_id)
);

create table licensing.quotes (
  id uuid primary key,
  licensee_id uuid not null references parties.parties (id),
  use text not null,
  unit text not null,
  model_scope jsonb,
  months int not null check (months between 1 and 60),
  currency text not null,
  asked_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz
);
create index quotes_of_licensee on licensing.quotes (licensee_id, id desc);

create table licensing.quote_lines (
  quote_id uuid not null references licensing.quotes (id),
  position int not null,
  work_id uuid not null,
  title text not null,
  offer_id uuid not null,
  offer_version int not null,
  offer_sha256 text not null,
  amount_micro bigint not null check (amount_micro >= 0),
  per_units bigint not null check (per_units > 0),
  free boolean not null,
  primary key (quote_id, position),
  unique (quote_id, work_id),
  -- Free is said, never the absence of a price.
  check (free = (amount_micro = 0))
);
create table licensing.quote_exclusions (
  quote_id uuid not null references licensing.quotes (id),
  position int not null,
  work_id text not null,
  title text not null,
  reason text not null,
  primary key (quote_id, position)
);

-- Consent in advance, with a limit: switched on by somebody who may sign.
create table licensing.standing_acceptances (
  id uuid primary key,
  licensee_id uuid not null references parties.parties (id),
  uses text[] not null,
  currency text not null,
  monthly_cap_micro bigint not null check (monthly_cap_micro > 0),
  switched_on_by uuid not null,
  switched_on_at timestamptz not null,
  switched_off_by uuid,
  switched_off_at timestamptz
);
create unique index standing_one_in_force on licensing.standing_acceptances (licensee_id)
  where switched_off_at is null;

create table licensing.agreements (
  id uuid primary key,
  quote_id uuid unique references licensing.quotes (id),
  standing_id uuid references licensing.standing_acceptances (id),
  licensee_id uuid not null references parties.parties (id),
  use text not null,
  unit text not null,
  model_scope jsonb,
  currency text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  -- Unguessable; the address of the licence's page.
  secret text not null unique,
  document text not null,
  document_sha256 text not null,
  check ((quote_id is null) <> (standing_id is null))
);
create index agreements_of_licensee on licensing.agreements (licensee_id, id desc);

-- What an agreement pins, for ever: version, hash, price, consents, and where the work was at that time.
create table licensing.agreement_works (
  agreement_id uuid not null references licensing.agreements (id),
  position int not null,
  work_id uuid not null,
  title text not null,
  offer_id uuid not null,
  offer_version int not null,
  offer_sha256 text not null,
  amount_micro bigint not null check (amount_micro >= 0),
  per_units bigint not null check (per_units > 0),
  free boolean not null,
  consents jsonb not null,
  sha256s text[] not null,
  urls text[] not null,
  primary key (agreement_id, position),
  unique (agreement_id, work_id)
);
create index agreement_works_of_work on licensing.agreement_works (work_id);

create function licensing.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'an agreement never changes' using errcode = 'integrity_constraint_violation';
end $$;
create trigger agreements_never_change before update or delete on licensing.agreements
  for each row execute function licensing.refuse_change();
create trigger agreements_never_vanish before truncate on licensing.agreements
  for each statement execute function licensing.refuse_change();
create trigger agreement_works_never_change before update or delete on licensing.agreement_works
  for each row execute function licensing.refuse_change();
create trigger agreement_works_never_vanish before truncate on licensing.agreement_works
  for each statement execute function licensing.refuse_change();

create table licensing.revocations (
  agreement_id uuid primary key references licensing.agreements (id),
  reason text not null,
  revoked_by uuid not null,
  revoked_at timestamptz not null
);

-- A token that was issued; the token itself is not kept.
create table licensing.tokens (
  jti uuid primary key,
  agreement_id uuid not null references licensing.agreements (id),
  client_id uuid not null references licensing.clients (id),
  site_id uuid not null,
  work_id uuid not null,
  resource text not null,
  use text not null,
  hold_id uuid,
  hold_micro bigint not null default 0,
  cap int,
  issued_at timestamptz not null,
  expires_at timestamptz not null
);
create index tokens_of_agreement on licensing.tokens (agreement_id, issued_at);
create index tokens_of_client on licensing.tokens (client_id, issued_at);

-- What is no longer offered, in the order in which it became known.
create table licensing.removals (
  seq bigint generated always as identity primary key,
  work_id uuid not null,
  kind text not null check (kind in ('work-withdrawn', 'terms-withdrawn')),
  removed_at timestamptz not null,
  sha256s text[] not null,
  urls text[] not null,
  event_key text not null unique
);

-- A licensee's word that it holds a copy of a work in an agreement.
create table licensing.copy_declarations (
  agreement_id uuid not null references licensing.agreements (id),
  work_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  declared_by uuid not null,
  declared_at timestamptz not null,
  primary key (agreement_id, work_id, sha256)
);
