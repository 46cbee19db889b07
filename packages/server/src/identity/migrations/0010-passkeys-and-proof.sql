-- Passkeys: the public half of a key on somebody's device, and how often it has signed.
create table identity.passkeys (
  id uuid primary key,
  user_id uuid not null references identity.users (id),
  credential_id text not null unique,
  public_key text not null,
  sign_count bigint not null check (sign_count >= 0),
  transports text[] not null,
  synced boolean not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_user on identity.passkeys (user_id);

-- Challenges: each is signed once, within minutes; of a sign-in nobody knows yet whose it will be.
create table identity.passkey_challenges (
  id uuid primary key,
  challenge_hash text not null unique,
  purpose text not null check (purpose in ('add', 'sign-in', 'step-up')),
  session_id uuid references identity.sessions (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'sign-in') = (session_id is null))
);

-- When a session last proved who it is: at sign-in, by a passkey or by a code sent by mail.
alter table identity.sessions add column proven_at timestamptz;
update identity.sessions set proven_at = created_at;
alter table identity.sessions alter column proven_at set not null;
create table identity.step_up_codes (
  session_id uuid primary key references identity.sessions (id) on delete cascade,
  code_hash text not null,
  tries int not null default 0,
  expires_at timestamptz not null
);

-- Forms that could not be taken yet, sealed, for the browser that sent them and, where known, the person. The form says
-- itself who opened it, so the number may be nobody's; then it is shown to nobody.
create table identity.kept_forms (
  id uuid primary key,
  browser_hash text not null,
  user_id uuid,
  sealed text not null,
  expires_at timestamptz not null
);
create index kept_forms_user on identity.kept_forms (user_id);
