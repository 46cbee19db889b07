-- Invitations to run the instance with others; the address and name are forgotten as soon as one is answered or taken back.
create table identity.operator_invitations (
  id uuid primary key,
  token_hash text not null unique,
  invited_by uuid not null references identity.users (id),
  email text,
  email_key text,
  name text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('open', 'used', 'replaced', 'withdrawn')),
  check ((state = 'open') = (email is not null)),
  check ((email is null) = (email_key is null))
);
create unique index operator_invitations_open on identity.operator_invitations (email_key);
