-- Where a party is paid. Versions are never changed; the account number is sealed, and only its end is in clear.
create table parties.payout_profiles (
  party_id uuid not null references parties.parties (id),
  version int not null check (version > 0),
  name text not null,
  iban_sealed text not null,
  iban_end text not null,
  bic text,
  street_name text not null,
  building_number text not null,
  post_code text not null,
  town_name text not null,
  country text not null,
  tax_residence text not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  usable_from timestamptz not null,
  primary key (party_id, version)
);
