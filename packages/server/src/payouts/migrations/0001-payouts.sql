create schema payouts;

-- Batches: proposed by one operator, ordered by another. What the bank is told is fixed when it is proposed.
create table payouts.batches (
  id uuid primary key,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  minimum_micro bigint not null check (minimum_micro >= 0),
  state text not null check (state in ('proposed', 'ordered', 'discarded')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  message_id text not null unique,
  remittance text not null,
  debtor_sealed text not null,
  debtor_iban_end text not null,
  -- Of the payment file, from the moment of ordering.
  execution_date text,
  file_created_at timestamptz,
  file_sealed text,
  file_sha256 text,
  check ((state = 'proposed') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check (state <> 'ordered' or decided_by <> proposed_by),
  check ((state = 'ordered') = (file_sealed is not null)),
  check ((state = 'ordered') = (file_sha256 is not null)),
  check ((state = 'ordered') = (file_created_at is not null)),
  check ((state = 'ordered') = (execution_date is not null))
);
-- One after another: the next is proposed from what the last one left.
create unique index batches_proposed on payouts.batches (currency) where state = 'proposed';

-- Items: one payment to one payee. Ordered is what we told the bank, paid is what a bank record says.
create table payouts.items (
  id uuid primary key,
  batch_id uuid not null references payouts.batches (id),
  party_id uuid not null references parties.parties (id),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_micro bigint not null check (amount_micro > 0 and amount_micro % 10000 = 0),
  end_to_end_id text not null unique check (length(end_to_end_id) <= 35),
  profile_version int not null,
  creditor_sealed text not null,
  creditor_iban_end text not null,
  ordered_at timestamptz,
  paid_entry uuid unique,
  paid_on text,
  returned_entry uuid unique,
  returned_on text,
  return_reason text,
  rejected_at timestamptz,
  rejected_by uuid,
  reject_reason text,
  state text not null generated always as (case
    when returned_entry is not null then 'returned'
    when paid_entry is not null then 'paid'
    when rejected_at is not null then 'rejected'
    when ordered_at is not null then 'ordered'
    else 'proposed' end) stored,
  unique (batch_id, party_id),
  check ((paid_entry is null) = (paid_on is null)),
  check ((returned_entry is null) = (returned_on is null)),
  check ((rejected_at is null) = (rejected_by is null)),
  check ((rejected_at is null) = (reject_reason is null)),
  check (ordered_at is not null or (paid_entry is null and returned_entry is null and rejected_at is null))
);
create index items_party on payouts.items (party_id, ordered_at);
create index items_open on payouts.items (party_id) where state = 'ordered';

-- Who had money coming and is not in the batch, and why.
create table payouts.left_out (
  batch_id uuid not null references payouts.batches (id),
  party_id uuid not null references parties.parties (id),
  reason text not null check (reason in
    ('no-profile', 'profile-unusable', 'below-minimum', 'cooling-off', 'objection', 'overpaid')),
  balance_micro bigint not null,
  primary key (batch_id, party_id)
);

create function payouts.refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'a payout is written once' using errcode = 'integrity_constraint_violation'; end $$;

-- A batch is decided once; after that nothing of it changes.
create function payouts.check_batch() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'proposed' or
      (new.id, new.currency, new.minimum_micro, new.proposed_by, new.proposed_at, new.message_id, new.remittance,
        new.debtor_sealed, new.debtor_iban_end) is distinct from
      (old.id, old.currency, old.minimum_micro, old.proposed_by, old.proposed_at, old.message_id, old.remittance,
        old.debtor_sealed, old.debtor_iban_end) then
    raise exception 'a batch is decided once' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger batches_decided_once before update or delete on payouts.batches
  for each row execute function payouts.check_batch();

-- Of an item only what happened to it is added, each thing once.
create function payouts.check_item() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or
      (new.id, new.batch_id, new.party_id, new.currency, new.amount_micro, new.end_to_end_id, new.profile_version,
        new.creditor_sealed, new.creditor_iban_end) is distinct from
      (old.id, old.batch_id, old.party_id, old.currency, old.amount_micro, old.end_to_end_id, old.profile_version,
        old.creditor_sealed, old.creditor_iban_end)
      or (old.ordered_at is not null and new.ordered_at is distinct from old.ordered_at)
      or (old.paid_entry is not null and (new.paid_entry, new.paid_on) is distinct from (old.paid_entry, old.paid_on))
      or (old.returned_entry is not null and (new.returned_entry, new.returned_on, new.return_reason)
        is distinct from (old.returned_entry, old.returned_on, old.return_reason))
      or (old.rejected_at is not null and (new.rejected_at, new.rejected_by, new.reject_reason)
        is distinct from (old.rejected_at, old.rejected_by, old.reject_reason)) then
    raise exception 'what happened to a payout happened' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger items_only_gain before update or delete on payouts.items
  for each row execute function payouts.check_item();
create trigger left_out_never_changes before update or delete on payouts.left_out
  for each row execute function payouts.refuse_change();
create trigger batches_never_vanish before truncate on payouts.batches
  for each statement execute function payouts.refuse_change();
create trigger items_never_vanish before truncate on payouts.items
  for each statement execute function payouts.refuse_change();
