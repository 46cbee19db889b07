-- Jobs: work to be done after a commit, at least once, by exactly one holder of the lease at a time.
create table kernel.jobs (
  id uuid primary key,
  kind text not null,
  payload jsonb not null,
  dedup_key text,
  state text not null default 'ready' check (state in ('ready', 'leased', 'done', 'dead')),
  run_at timestamptz not null,
  attempts int not null default 0,
  max_attempts int not null,
  lease_until timestamptz,
  fence bigint not null default 0,
  last_error text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create unique index jobs_dedup on kernel.jobs (kind, dedup_key) where dedup_key is not null;
create index jobs_due on kernel.jobs (run_at) where state in ('ready', 'leased');
create sequence kernel.fences;

-- Outbox: what happened, written in the transaction in which it happened.
create table kernel.outbox (
  id uuid primary key,
  type text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  dispatched_at timestamptz
);
create index outbox_waiting on kernel.outbox (id) where dispatched_at is null;

-- Keys: private halves only wrapped.
create table kernel.keys (
  kid text primary key,
  purpose text not null,
  algorithm text not null check (algorithm in ('Ed25519', 'HMAC-SHA256')),
  public_key bytea,
  wrapped_secret bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index keys_active on kernel.keys (purpose) where retired_at is null;

-- Blobs: content by its SHA-256, in pieces, so that no piece is larger than a page of memory can bear.
create table kernel.blobs (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  created_at timestamptz not null
);
create table kernel.blob_pieces (
  sha256 text not null references kernel.blobs (sha256) on delete cascade,
  piece int not null,
  data bytea not null,
  primary key (sha256, piece)
);

create table kernel.settings (
  key text primary key,
  value jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null
);

create table kernel.idempotency (
  scope text not null,
  key text not null,
  request_hmac text not null,
  status int not null,
  headers jsonb not null,
  body bytea not null,
  created_at timestamptz not null,
  primary key (scope, key)
);

-- Mail: queued in the transaction that wants it sent.
create table kernel.mails (
  id uuid primary key,
  recipient text not null,
  recipient_key text not null,
  category text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  unsubscribe_url text,
  message_id text not null unique,
  state text not null default 'queued' check (state in ('queued', 'sent', 'suppressed', 'bounced', 'failed')),
  detail text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index mails_newest on kernel.mails (created_at desc);
-- Only a keyed hash of the address: enough to keep silent, not enough to write to.
create table kernel.mail_suppressions (
  address_hmac text not null,
  category text not null,
  reason text not null,
  created_at timestamptz not null,
  primary key (address_hmac, category)
);
