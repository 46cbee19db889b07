create schema ledger;

-- Every amount sits in a named account. Credits are positive: what a prepaid account holds is owed to its owner.
-- `posted_micro` is the sum of its postings, kept by the trigger below.
create table ledger.accounts (
  id uuid primary key,
  kind text not null check (kind in ('prepaid', 'received')),
  owner_id uuid references parties.parties (id),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  posted_micro bigint not null default 0,
  held_micro bigint not null default 0 check (held_micro >= 0),
  created_at timestamptz not null,
  unique nulls not distinct (kind, owner_id, currency),
  constraint prepaid_never_overdrawn check (kind <> 'prepaid' or posted_micro >= held_micro)
);

-- A business event is booked once: the reference is its own.
create table ledger.journals (
  id uuid primary key,
  kind text not null,
  reference text not null,
  booked_at timestamptz not null,
  unique (kind, reference)
);

create table ledger.postings (
  journal_id uuid not null references ledger.journals (id),
  line int not null check (line > 0),
  account_id uuid not null references ledger.accounts (id),
  amount_micro bigint not null check (amount_micro <> 0),
  primary key (journal_id, line)
);
create index postings_of_account on ledger.postings (account_id);

-- Money that a promise keeps: it is still the owner's, but cannot be promised twice.
create table ledger.holds (
  id uuid primary key,
  account_id uuid not null references ledger.accounts (id),
  amount_micro bigint not null check (amount_micro > 0),
  reference text not null unique,
  placed_at timestamptz not null,
  expires_at timestamptz not null,
  released_at timestamptz
);
create index holds_open on ledger.holds (expires_at) where released_at is null;

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger journals_never_change before update or delete on ledger.journals
  for each row execute function ledger.refuse_change();
create trigger journals_never_vanish before truncate on ledger.journals
  for each statement execute function ledger.refuse_change();
create trigger postings_never_change before update or delete on ledger.postings
  for each row execute function ledger.refuse_change();
create trigger postings_never_vanish before truncate on ledger.postings
  for each statement execute function ledger.refuse_change();

create function ledger.keep_balance() returns trigger language plpgsql as $$
begin
  update ledger.accounts set posted_micro = posted_micro + new.amount_micro where id = new.account_id;
  return null;
end $$;
create trigger postings_keep_balance after insert on ledger.postings
  for each row execute function ledger.keep_balance();

create function ledger.check_journal() returns trigger language plpgsql as $$
begin
  if exists (select 1 from ledger.postings p join ledger.accounts a on a.id = p.account_id
      where p.journal_id = new.journal_id group by a.currency having sum(p.amount_micro) <> 0) then
    raise exception 'a journal balances to zero in each currency' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger journals_balance after insert on ledger.postings
  deferrable initially deferred for each row execute function ledger.check_journal();

-- A hold is released once and otherwise stays as it was placed.
create function ledger.check_hold() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.released_at is not null or new.released_at is null
      or (new.id, new.account_id, new.amount_micro, new.reference, new.placed_at, new.expires_at)
        is distinct from
        (old.id, old.account_id, old.amount_micro, old.reference, old.placed_at, old.expires_at) then
    raise exception 'a hold is placed and released, nothing else' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger holds_only_end before update or delete on ledger.holds
  for each row execute function ledger.check_hold();

-- Keeps `held_micro` the sum of the open holds.
create function ledger.keep_held() returns trigger language plpgsql as $$
begin
  update ledger.accounts set held_micro = held_micro
      + case when tg_op = 'INSERT' then new.amount_micro else -new.amount_micro end
    where id = new.account_id;
  return null;
end $$;
create trigger holds_keep_held after insert or update on ledger.holds
  for each row execute function ledger.keep_held();

-- The one way to book. `lines` is [{"account": uuid, "amountMicro": "-123"}]. Answers false, and books nothing, when this
-- reference was booked before. Accounts are locked in the order of their ids, so two bookings never wait in a circle.
create function ledger.post(journal uuid, kind text, reference text, booked_at timestamptz, lines jsonb)
returns boolean language plpgsql as $$
begin
  insert into ledger.journals as j (id, kind, reference, booked_at)
    values (journal, post.kind, post.reference, post.booked_at) on conflict do nothing;
  if not found then return false; end if;
  perform 1 from ledger.accounts a
    where a.id in (select (l ->> 'account')::uuid from jsonb_array_elements(lines) l) order by a.id for update;
  insert into ledger.postings (journal_id, line, account_id, amount_micro)
    select journal, l.nr, (l.value ->> 'account')::uuid, (l.value ->> 'amountMicro')::bigint
    from jsonb_array_elements(lines) with ordinality l (value, nr) order by l.nr;
  return true;
end $$;
