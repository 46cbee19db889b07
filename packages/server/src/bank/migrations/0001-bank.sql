create schema bank;

-- Where the chain of statements of an account stands: the next statement continues at the closing balance.
create table bank.accounts (
  iban text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The balance before the first statement; it is not in the books.
  opening_micro bigint not null,
  closing_micro bigint not null,
  closed_on date not null,
  statements int not null default 0,
  primary key (iban, currency)
);

-- The files as they came; their bytes are a blob of this hash.
create table bank.files (
  id uuid primary key,
  sha256 text not null unique,
  bytes int not null,
  imported_at timestamptz not null,
  imported_by text not null
);

-- A link of the chain. `continues_micro` is where the one before stood: a statement may repeat entries that are known.
create table bank.statements (
  id uuid primary key,
  file_id uuid not null references bank.files (id),
  iban text not null,
  currency text not null,
  link int not null check (link > 0),
  name text not null,
  sequence text,
  opening_micro bigint not null,
  continues_micro bigint not null,
  closing_micro bigint not null,
  closed_on date not null,
  unique (iban, currency, link),
  foreign key (iban, currency) references bank.accounts (iban, currency)
);

-- One movement of money, once for ever. `operator-word`: no bank says so, two operators do.
create table bank.entries (
  id uuid primary key,
  seq bigint generated always as identity unique,
  source text not null check (source in ('statement', 'operator-word')),
  statement_id uuid references bank.statements (id),
  iban text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_micro bigint not null check (amount_micro <> 0),
  booked_on date not null,
  content jsonb not null,
  content_sha256 text not null,
  recorded_at timestamptz not null,
  unique (iban, content_sha256),
  check ((source = 'statement') = (statement_id is not null and iban is not null)),
  check (source = 'statement' or amount_micro > 0)
);
create index entries_of_statement on bank.entries (statement_id);

-- What an entry was for, in parts. Sizes are above zero, also of money that went out.
create table bank.matches (
  entry_id uuid not null references bank.entries (id),
  target text not null,
  amount_micro bigint not null check (amount_micro > 0),
  matched_at timestamptz not null,
  actor text,
  primary key (entry_id, target)
);

-- What an operator says an entry is for, where the payer did not; the last one holds.
create table bank.assignments (
  seq bigint generated always as identity primary key,
  entry_id uuid not null references bank.entries (id),
  reference text not null,
  assigned_at timestamptz not null,
  actor text not null
);
create index assignments_of_entry on bank.assignments (entry_id, seq);

-- Money entered by hand: one operator proposes, another confirms.
create table bank.payments (
  id uuid primary key,
  seq bigint generated always as identity unique,
  kind text not null check (kind in ('invoice', 'prepaid')),
  target text not null,
  currency text not null,
  amount_micro bigint not null check (amount_micro > 0),
  note text not null,
  state text not null check (state in ('proposed', 'confirmed', 'withdrawn')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  entry_id uuid unique references bank.entries (id),
  -- The entry of a statement that showed this money later.
  shown_by uuid unique references bank.entries (id),
  check ((state = 'proposed') = (decided_by is null)),
  check ((state = 'confirmed') = (entry_id is not null)),
  check (state <> 'confirmed' or decided_by <> proposed_by)
);

create function bank.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'records of the bank are append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger files_never_change before update or delete on bank.files
  for each row execute function bank.refuse_change();
create trigger statements_never_change before update or delete on bank.statements
  for each row execute function bank.refuse_change();
create trigger entries_never_change before update or delete on bank.entries
  for each row execute function bank.refuse_change();
create trigger matches_never_change before update or delete on bank.matches
  for each row execute function bank.refuse_change();
create trigger assignments_never_change before update or delete on bank.assignments
  for each row execute function bank.refuse_change();
