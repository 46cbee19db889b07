-- Organisations: a name and the people who act for it. What it owns, grants, takes and is paid belongs to a party.
create table identity.organisations (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create table identity.memberships (
  organisation_id uuid not null references identity.organisations (id),
  user_id uuid not null references identity.users (id),
  role text not null check (role in ('admin', 'signer', 'member')),
  joined_at timestamptz not null,
  primary key (organisation_id, user_id)
);
create index memberships_user on identity.memberships (user_id);

-- Invitations: one open per mailbox; the address is forgotten as soon as one is answered or taken back.
create table identity.member_invitations (
  id uuid primary key,
  organisation_id uuid not null references identity.organisations (id),
  token_hash text not null unique,
  email text,
  email_key text,
  role text not null check (role in ('admin', 'signer', 'member')),
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('open', 'used', 'replaced', 'withdrawn')),
  check ((state = 'open') = (email is not null)),
  check ((email is null) = (email_key is null))
);
create unique index member_invitations_open on identity.member_invitations (organisation_id, email_key);

-- For whom a session acts; whether that still holds is looked up in memberships at each request.
alter table identity.sessions add column acting_for uuid references identity.organisations (id);
