create schema statements;

-- One row for each payee and currency: whoever issues holds it, so that two at once make one statement.
create table statements.heads (
  party_id uuid not null references parties.parties (id),
  currency text not null,
  primary key (party_id, currency)
);

-- What was told to a payee. It begins behind the postings the one before ended with, and never changes.
create table statements.statements (
  id uuid primary key,
  party_id uuid not null,
  currency text not null,
  number int not null check (number > 0),
  -- The moment before which it counts, exclusive; that of the statement before.
  from_at timestamptz,
  to_at timestamptz not null,
  payable_version bigint not null,
  in_payout_version bigint not null,
  opening_micro bigint not null,
  earned_micro bigint not null,
  moved_micro bigint not null,
  closing_micro bigint not null,
  in_payout_opening_micro bigint not null,
  in_payout_closing_micro bigint not null,
  sealed text not null,
  sha256 text not null,
  issued_at timestamptz not null,
  objection_until timestamptz not null,
  foreign key (party_id, currency) references statements.heads (party_id, currency),
  unique (party_id, currency, number),
  check (opening_micro + earned_micro + moved_micro = closing_micro)
);
create index statements_newest on statements.statements (issued_at, id);

-- Its lines as pages and files need them; what counts is the sealed text.
create table statements.lines (
  statement_id uuid not null references statements.statements (id),
  position int not null,
  -- As the sealed text names it: run, number, place.
  line text not null,
  invoice_line_id uuid not null,
  work_id uuid not null,
  title text not null,
  licensee_id uuid not null,
  amount_micro bigint not null,
  fee_micro bigint not null,
  primary key (statement_id, position)
);

-- How many uses a line of an invoice consists of, and their hash: the same for all who share in it.
create table statements.line_usage (
  invoice_line_id uuid primary key,
  count int not null check (count >= 0),
  sha256 text not null
);

-- A payee's no to a statement or to one of its lines. What it disputes is not paid out until it is answered.
create table statements.objections (
  id uuid primary key,
  statement_id uuid not null references statements.statements (id),
  -- Null: the whole statement.
  position int,
  disputed_micro bigint not null check (disputed_micro >= 0),
  reason text not null,
  raised_by uuid not null,
  raised_at timestamptz not null,
  outcome text check (outcome in ('upheld', 'declined', 'withdrawn')),
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  foreign key (statement_id, position) references statements.lines (statement_id, position),
  check ((outcome is null) = (answered_at is null)),
  check ((outcome is null) = (answered_by is null))
);
create unique index objections_one_open on statements.objections (statement_id, coalesce(position, 0))
  where outcome is null;
create index objections_open on statements.objections (raised_at) where outcome is null;

create function statements.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a statement is issued once' using errcode = 'integrity_constraint_violation';
end $$;
create trigger statements_never_change before update or delete on statements.statements
  for each row execute function statements.refuse_change();
create trigger statements_never_vanish before truncate on statements.statements
  for each statement execute function statements.refuse_change();
create trigger lines_never_change before update or delete on statements.lines
  for each row execute function statements.refuse_change();
create trigger lines_never_vanish before truncate on statements.lines
  for each statement execute function statements.refuse_change();
create trigger line_usage_never_changes before update or delete on statements.line_usage
  for each row execute function statements.refuse_change();

-- An objection is answered once.
create function statements.check_objection() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.outcome is not null
      or (new.id, new.statement_id, new.position, new.disputed_micro, new.reason, new.raised_by, new.raised_at)
        is distinct from (old.id, old.statement_id, old.position, old.disputed_micro, old.reason, old.raised_by,
          old.raised_at) then
    raise exception 'an objection is answered once' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger objections_answered_once before update or delete on statements.objections
  for each row execute function statements.check_objection();
