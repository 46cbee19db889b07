create schema parties;

-- Parties: legal persons. One that has a user takes its e-mail address from there; one without (an invited co-owner) has its own.
create table parties.parties (
  id uuid primary key,
  kind text not null check (kind in ('person', 'organisation')),
  name text not null,
  craft text,
  country text check (country ~ '^[A-Z]{2}$'),
  email text,
  user_id uuid unique references identity.users (id),
  created_at timestamptz not null,
  erased_at timestamptz
);

-- Assurance: what was checked about a party, how and when. Lines are added, never changed; erasure removes them.
create table parties.assurance (
  id uuid primary key,
  party_id uuid not null references parties.parties (id),
  kind text not null,
  method text not null,
  evidence text not null,
  checked_at timestamptz not null
);
create index assurance_party on parties.assurance (party_id, checked_at);
