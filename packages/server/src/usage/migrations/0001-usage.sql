create schema usage;

-- How far each gate has come. No reference to its registration: what was counted outlives it.
create table usage.gates (
  gate_id uuid primary key,
  site_id uuid not null,
  last_segment bigint not null default 0,
  last_hash text not null default repeat('0', 64),
  last_record bigint not null default 0
);

-- What gates delivered, as they signed it. Those not counted wait for the ones before; two of one number may wait,
-- and only the one that continues the chain is ever counted.
create table usage.segments (
  gate_id uuid not null references usage.gates (gate_id),
  seq bigint not null check (seq > 0),
  sha256 text not null,
  prev text not null,
  sealed text not null,
  received_at timestamptz not null,
  counted_at timestamptz,
  primary key (gate_id, seq, sha256)
);
create unique index segments_counted_once on usage.segments (gate_id, seq) where counted_at is not null;
create index segments_waiting on usage.segments (gate_id, seq) where counted_at is null;

-- One row for each fetch, for ever: the key is what keeps a record from counting twice. What cannot be charged has a
-- fault and is in no sum.
create table usage.events (
  gate_id uuid not null references usage.gates (gate_id),
  record_seq bigint not null,
  segment_seq bigint not null,
  at timestamptz not null,
  token_id text not null,
  agreement_id uuid,
  client_id uuid,
  licensee_id uuid,
  site_id uuid not null,
  work_id uuid,
  path text not null,
  use text not null,
  units int not null check (units > 0),
  bytes bigint not null,
  status int not null,
  agent text,
  signature text,
  grade text not null check (grade in ('crawler-signed', 'gate-counted')),
  fault text,
  primary key (gate_id, record_seq),
  check (fault is not null or (agreement_id is not null and client_id is not null
    and licensee_id is not null and work_id is not null))
);
create index events_of_segment on usage.events (gate_id, segment_seq);
create index events_of_agreement on usage.events (agreement_id, at) where fault is null;
create index events_faulty on usage.events (site_id, at) where fault is not null;

-- What of a token is counted, so that its cap holds across gates.
create table usage.token_counts (
  token_id text primary key,
  counted bigint not null
);

-- Sums by day in the instance's zone. They can be made again from events and reports.
create table usage.rollups (
  agreement_id uuid not null,
  client_id uuid not null,
  licensee_id uuid not null,
  site_id uuid not null,
  work_id uuid not null,
  use text not null,
  unit text not null,
  grade text not null,
  day date not null,
  units bigint not null check (units > 0),
  bytes bigint not null,
  primary key (agreement_id, work_id, day, use, unit, grade, site_id, client_id)
);
create index rollups_of_licensee on usage.rollups (licensee_id, day);
create index rollups_of_work on usage.rollups (work_id, day);

-- Who was refused, and why, as gates counted it.
create table usage.refusals (
  site_id uuid not null,
  day date not null,
  reason text not null,
  agent_name text not null,
  count bigint not null check (count > 0),
  primary key (site_id, day, reason, agent_name)
);

create sequence usage.receipt_numbers;

-- What the instance stated to a licensee under its signature.
create table usage.receipts (
  number bigint primary key,
  agreement_id uuid not null,
  client_id uuid not null,
  licensee_id uuid not null,
  gate_id uuid,
  segment_seq bigint,
  report_id uuid,
  grade text not null,
  total bigint not null,
  sealed text not null,
  issued_at timestamptz not null
);
create index receipts_of_agreement on usage.receipts (agreement_id, number);
create index receipts_of_segment on usage.receipts (gate_id, segment_seq);

create function usage.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was counted never changes' using errcode = 'integrity_constraint_violation';
end $$;
create trigger receipts_never_change before update or delete on usage.receipts
  for each row execute function usage.refuse_change();
create trigger events_never_vanish before delete on usage.events
  for each row execute function usage.refuse_change();
