create schema billing;

create function billing.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was billed never changes' using errcode = 'integrity_constraint_violation';
end $$;

-- Any half-open range of time. Its id is also that of the cut of usage it charges for.
create table billing.periods (
  id uuid primary key,
  from_at timestamptz not null,
  to_at timestamptz not null,
  zone text not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  closed_by uuid,
  closed_at timestamptz,
  check (from_at < to_at),
  check ((closed_by is null) = (closed_at is null)),
  constraint periods_never_overlap exclude using gist (tstzrange(from_at, to_at) with &&)
);
-- An open period is closed once, or taken back; a closed one stays.
create function billing.check_period() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null or (tg_op = 'UPDATE'
      and (new.closed_at is null or (new.id, new.from_at, new.to_at, new.zone, new.opened_by, new.opened_at)
        is distinct from (old.id, old.from_at, old.to_at, old.zone, old.opened_by, old.opened_at))) then
    raise exception 'a period is closed once' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger periods_close_once before update or delete on billing.periods
  for each row execute function billing.check_period();

-- The last number given in each series. Taken in the transaction that issues, so none is missing.
create table billing.series (
  name text primary key,
  last bigint not null check (last >= 0)
);
insert into billing.series (name, last) values ('invoice', 0), ('credit-note', 0);

-- Amounts are micro-units. exact = sum of the lines; exact + carried = total + carry, total in minor units.
create table billing.invoices (
  id uuid primary key,
  number bigint not null unique,
  period_id uuid not null references billing.periods (id),
  licensee_id uuid not null references parties.parties (id),
  currency text not null,
  exact_micro bigint not null check (exact_micro >= 0),
  carried_micro bigint not null check (carried_micro >= 0),
  total_micro bigint not null check (total_micro >= 0),
  issued_at timestamptz not null,
  document text not null,
  sha256 text not null
);
create index invoices_of_licensee on billing.invoices (licensee_id, number desc);
create index invoices_of_period on billing.invoices (period_id, number);
create trigger invoices_never_change before update or delete on billing.invoices
  for each row execute function billing.refuse_change();

create table billing.credit_notes (
  id uuid primary key,
  number bigint not null unique,
  invoice_id uuid not null references billing.invoices (id),
  exact_micro bigint not null check (exact_micro < 0),
  carried_micro bigint not null,
  total_micro bigint not null check (total_micro <= 0),
  -- Of the total, what no longer had to be paid; the rest went to the prepaid balance.
  settled_micro bigint not null check (settled_micro >= 0 and settled_micro <= -total_micro),
  reason text not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  document text not null,
  sha256 text not null
);
create index credit_notes_of_invoice on billing.credit_notes (invoice_id, number);
create trigger credit_notes_never_change before update or delete on billing.credit_notes
  for each row execute function billing.refuse_change();

-- What was charged, and what was taken back of it. Lines of an invoice name it; those of a credit note name both.
create table billing.lines (
  id uuid primary key,
  position int not null,
  period_id uuid not null references billing.periods (id),
  invoice_id uuid not null references billing.invoices (id),
  credit_note_id uuid references billing.credit_notes (id),
  agreement_id uuid not null,
  licensee_id uuid not null,
  work_id uuid not null,
  title text not null,
  kind text not null check (kind in ('usage', 'flat', 'credit')),
  use text not null,
  unit text not null,
  grade text not null,
  units bigint not null,
  report_id uuid,
  price_amount_micro bigint not null check (price_amount_micro >= 0),
  price_per_units bigint not null check (price_per_units > 0),
  offer_id uuid not null,
  offer_version int not null,
  offer_sha256 text not null,
  amount_micro bigint not null,
  currency text not null,
  corrects uuid references billing.lines (id),
  check ((kind = 'credit') = (corrects is not null)),
  check ((kind = 'credit') = (credit_note_id is not null)),
  check (case kind when 'credit' then units <= 0 and amount_micro <= 0 else units > 0 and amount_micro >= 0 end)
);
create index lines_of_invoice on billing.lines (invoice_id, position);
create index lines_of_credit_note on billing.lines (credit_note_id, position) where credit_note_id is not null;
create index lines_of_period on billing.lines (period_id);
create index lines_correcting on billing.lines (corrects) where corrects is not null;
-- A flat fee is charged once.
create unique index lines_flat_once on billing.lines (agreement_id, work_id) where kind = 'flat';
-- One line for each sum of a cut.
create unique index lines_usage_once on billing.lines (period_id, agreement_id, work_id, use, unit, grade, report_id)
  nulls not distinct where kind = 'usage';
create trigger lines_never_change before update or delete on billing.lines
  for each row execute function billing.refuse_change();

-- What came in for an invoice: from the prepaid balance, by an entry of the bank, or on a person's word.
create table billing.payments (
  id uuid primary key,
  invoice_id uuid not null references billing.invoices (id),
  source text not null check (source in ('prepaid', 'bank', 'operator-word')),
  entry_id uuid,
  amount_micro bigint not null check (amount_micro > 0),
  paid_at timestamptz not null,
  check ((source = 'prepaid') = (entry_id is null))
);
create index payments_of_invoice on billing.payments (invoice_id, paid_at);
create unique index payments_of_entry on billing.payments (entry_id, invoice_id) where entry_id is not null;
create trigger payments_never_change before update or delete on billing.payments
  for each row execute function billing.refuse_change();

-- When nothing of an invoice was open any more. What happens after that, happens once.
create table billing.settlements (
  invoice_id uuid primary key references billing.invoices (id),
  settled_at timestamptz not null
);
create trigger settlements_never_change before update or delete on billing.settlements
  for each row execute function billing.refuse_change();

-- What other modules may read.
create view billing.published_lines as
  select l.id, l.position, l.period_id, l.invoice_id, l.credit_note_id, l.agreement_id, l.licensee_id, l.work_id,
    l.title, l.kind, l.use, l.unit, l.grade, l.units, l.report_id, l.price_amount_micro, l.price_per_units, l.offer_id,
    l.offer_version, l.offer_sha256, l.amount_micro, l.currency, l.corrects
  from billing.lines l;

create view billing.published_invoices as
  select i.id, i.number, i.period_id, i.licensee_id, i.currency, i.exact_micro, i.carried_micro, i.total_micro,
    i.issued_at, s.settled_at
  from billing.invoices i left join billing.settlements s on s.invoice_id = i.id;
