-- Signatures that wait for a person's decision (held) and those taken out by a clean-up (invalidated).
alter table campaign.signatories drop constraint signatories_state_check;
alter table campaign.signatories add constraint signatories_state_check
  check (state in ('pending', 'held', 'confirmed', 'withdrawn', 'invalidated'));
-- Held, as confirmed, is the owner's own act.
alter table campaign.signatories add check (state <> 'held' or confirmed_at is not null);
drop index campaign.signatories_live;
create unique index signatories_live on campaign.signatories (mailbox_key)
  where state in ('pending', 'held', 'confirmed');

-- Where a sign-up came from: a keyed hash of the network (IPv4 /24, IPv6 /48), forgotten after 90 days. Never the address.
alter table campaign.signatories add column network_hash text check (network_hash ~ '^[0-9a-f]{64}$');
-- Why it waits.
alter table campaign.signatories add column held_for text[] not null default '{}';
create index signatories_held on campaign.signatories (confirmed_at, id) where state = 'held';
create index signatories_network on campaign.signatories (network_hash, created_at) where network_hash is not null;
create index signatories_created on campaign.signatories (created_at);
create index signatories_domain on campaign.signatories (split_part(mailbox_key, '@', 2), created_at);

-- Mail domains about which a person decided; without a row the list that comes with the software holds.
create table campaign.mail_domains (
  domain text primary key,
  ruling text not null check (ruling in ('held', 'accepted')),
  reason text not null,
  decided_by uuid not null,
  decided_at timestamptz not null
);

-- Sign-ups asked to come back later, a row a minute and network.
create table campaign.refusals (
  minute timestamptz not null,
  network_hash text not null,
  count int not null check (count > 0),
  primary key (minute, network_hash)
);

-- Alarms: more sign-ups than usual. One is open per kind and key.
create table campaign.alarms (
  id uuid primary key,
  kind text not null check (kind in ('all', 'network', 'domain', 'country', 'refused')),
  -- Network hash, mail domain or country; empty for kinds about everything.
  key text not null,
  raised_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- The most in one look, what is usual in that time, and how long a look is.
  peak int not null,
  usual numeric not null,
  minutes int not null,
  closed_at timestamptz,
  closed_by uuid,
  check ((closed_at is null) = (closed_by is null))
);
create unique index alarms_open on campaign.alarms (kind, key) where closed_at is null;

-- Clean-ups: what was taken out in one batch, by which conditions and why. Rows leave with the signature they are about.
create table campaign.clean_ups (
  id uuid primary key,
  conditions jsonb not null,
  reason text not null,
  taken int not null,
  done_by uuid not null,
  done_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  undo_reason text,
  restored int,
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo_reason is null)
    and (undone_at is null) = (restored is null))
);
create table campaign.clean_up_rows (
  clean_up_id uuid not null references campaign.clean_ups (id),
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  state_before text not null check (state_before in ('pending', 'held', 'confirmed')),
  primary key (clean_up_id, signatory_id)
);
create index clean_up_rows_signatory on campaign.clean_up_rows (signatory_id);
