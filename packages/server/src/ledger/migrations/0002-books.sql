-- An account is named by what it is for, whose it is and its currency. `owner` is the id of a party, an invoice, a work or
-- a bank entry, by kind; empty for the instance's own. `posted_micro` is the sum of the account's postings and `version`
-- their number: only ledger.post writes both.
alter table ledger.accounts
  drop constraint accounts_kind_check,
  drop constraint prepaid_never_overdrawn,
  add owner text collate "C" not null default '',
  add version bigint not null default 0;
update ledger.accounts set owner = coalesce(owner_id::text, '');
alter table ledger.accounts
  drop column owner_id,
  alter owner drop default,
  alter kind type text collate "C",
  alter currency type text collate "C",
  add constraint accounts_kind_check check (kind in ('prepaid', 'receivable', 'rounding', 'refund-due', 'pool', 'payable',
    'in-payout', 'suspense-contested', 'suspense-unaccepted', 'suspense-ownerless', 'fee', 'bank', 'word', 'unidentified',
    'received')),
  add constraint accounts_owner_check check (owner ~ '^[!-~]*$'
    and (owner = '') = (kind in ('fee', 'bank', 'word', 'received'))),
  add constraint accounts_key unique (kind, owner, currency),
  -- What was promised or is under way to a bank cannot be spent.
  add constraint never_below_minimum check (case kind
    when 'prepaid' then posted_micro >= held_micro
    when 'in-payout' then posted_micro >= 0
    when 'refund-due' then posted_micro >= 0
    else true end);

-- `effective_at` says to which period a journal belongs, `booked_at` when it was written. `reverses` is taken back as a
-- whole, once. `sha256` is over the journal and its lines.
alter table ledger.journals
  alter kind type text collate "C",
  alter reference type text collate "C",
  add effective_at timestamptz,
  add cause text,
  add actor text,
  add approver text,
  add reverses uuid references ledger.journals (id),
  add sha256 bytea;

-- `balance_after` of an account's postings by `account_version`, 1 2 3 …, is its history.
alter table ledger.postings
  drop constraint postings_journal_id_fkey,
  drop constraint postings_account_id_fkey,
  add account_version bigint,
  add balance_after bigint;
drop index ledger.postings_of_account;
drop trigger journals_balance on ledger.postings;
drop trigger postings_keep_balance on ledger.postings;
drop function ledger.check_journal;
drop function ledger.keep_balance;
drop function ledger.post;

-- The lines of a journal as its hash reads them.
create function ledger.line_text(line int, kind text, owner text, currency text, amount_micro bigint)
returns text language sql immutable as $$
  select line::text || ' ' || kind || ' ' || owner || ' ' || currency || ' ' || amount_micro::text
$$;

create function ledger.journal_sha256(id uuid, kind text, reference text, effective_at timestamptz,
  booked_at timestamptz, cause text, actor text, approver text, reverses uuid, lines text)
returns bytea language sql stable as $$
  select sha256(uuid_send(id) || timestamptz_send(effective_at) || timestamptz_send(booked_at)
    || convert_to(json_build_array(kind, reference, cause, actor, approver, reverses)::text
      || coalesce(E'\n' || lines, ''), 'UTF8'))
$$;

-- What is stored of a journal, as its hash should be.
create function ledger.stored_sha256(j ledger.journals) returns bytea language sql stable as $$
  select ledger.journal_sha256(j.id, j.kind, j.reference, j.effective_at, j.booked_at, j.cause, j.actor, j.approver,
    j.reverses, (select string_agg(ledger.line_text(p.line, a.kind, a.owner, a.currency, p.amount_micro), E'\n'
        order by p.line)
      from ledger.postings p left join ledger.accounts a on a.id = p.account_id where p.journal_id = j.id))
$$;

-- What was booked before.
alter table ledger.journals disable trigger journals_never_change;
alter table ledger.postings disable trigger postings_never_change;
update ledger.postings p set account_version = o.version, balance_after = o.balance
from (select p.journal_id, p.line, row_number() over w as version, sum(p.amount_micro) over w as balance
  from ledger.postings p join ledger.journals j on j.id = p.journal_id
  window w as (partition by p.account_id order by j.booked_at, j.id, p.line rows unbounded preceding)) o
where o.journal_id = p.journal_id and o.line = p.line;
update ledger.accounts a set version = (select count(*) from ledger.postings where account_id = a.id);
update ledger.journals set effective_at = booked_at;
update ledger.journals j set sha256 = ledger.stored_sha256(j);
alter table ledger.journals enable trigger journals_never_change;
alter table ledger.postings enable trigger postings_never_change;

alter table ledger.journals
  alter effective_at set not null,
  alter sha256 set not null;
create unique index reversed_once on ledger.journals (reverses) where reverses is not null;
alter table ledger.postings
  alter account_version set not null,
  alter balance_after set not null,
  add constraint postings_history unique (account_id, account_version);

-- What took effect before `to_at` is closed for ever: so many journals since the closing before, with this hash over
-- theirs in the order of their ids.
create table ledger.closings (
  to_at timestamptz primary key,
  from_at timestamptz unique references ledger.closings (to_at),
  closed_at timestamptz not null,
  actor text not null,
  journals bigint not null,
  sha256 bytea not null,
  check (from_at < to_at and to_at <= closed_at)
);
create trigger closings_never_change before update or delete on ledger.closings
  for each row execute function ledger.refuse_change();
create trigger closings_never_vanish before truncate on ledger.closings
  for each statement execute function ledger.refuse_change();

create function ledger.keep_account() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.id, new.kind, new.owner, new.currency, new.created_at)
      is distinct from (old.id, old.kind, old.owner, old.currency, old.created_at) then
    raise exception 'an account stays as it was opened' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger accounts_stay before update or delete on ledger.accounts
  for each row execute function ledger.keep_account();
create trigger accounts_never_vanish before truncate on ledger.accounts
  for each statement execute function ledger.refuse_change();

-- Whatever one statement books balances in each journal and currency, belongs to a journal and leaves no account below its
-- minimum on the way. Rows are looked up one by one by their key: there are no statistics about new ones to plan with.
create function ledger.check_postings() returns trigger language plpgsql set enable_seqscan = off as $$
declare wrong record;
begin
  select p.journal_id, sum(p.amount_micro) <> 0 or a.currency is null as unbalanced,
    (select kind || ' ' || reference from ledger.journals where id = p.journal_id) as name, max(a.low) as low into wrong
  from added p left join lateral (
    select currency, case when p.balance_after < 0 and kind in ('prepaid', 'in-payout', 'refund-due')
      then kind || ' ' || owner || ' ' || currency end as low
    from ledger.accounts where id = p.account_id limit 1) a on true
  group by p.journal_id, a.currency
  having sum(p.amount_micro) <> 0 or a.currency is null or max(a.low) is not null
    or (select id from ledger.journals where id = p.journal_id) is null
  order by unbalanced desc limit 1;
  if not found then return null; end if;
  if wrong.unbalanced then
    raise exception 'a journal balances to zero in each currency' using errcode = 'LE001', detail = wrong.name;
  end if;
  if wrong.low is not null then
    raise exception 'an account would go below its minimum' using errcode = 'LE004', detail = wrong.low;
  end if;
  raise exception 'a posting belongs to a journal' using errcode = 'integrity_constraint_violation';
end $$;
create trigger postings_check after insert on ledger.postings referencing new table as added
  for each statement execute function ledger.check_postings();

-- The one way to book: journals in the first arrays, the accounts they need in the next, and the lines in the last, which
-- name journal and account by their place, from 1. Accounts are opened as needed. A reference that was booked before books
-- nothing, and its lines must be the same. References and accounts are taken in one order by all, so two calls never wait
-- in a circle. The plans are made for each call, because a plan for a small ledger or a short call would be kept for a
-- large one.
-- Errors: LE001 unbalanced, LE002 booked before with other content, LE003 period closed, LE004 below the minimum,
-- LE005 reversed before, LE006 not the reverse.
create function ledger.post(
  at timestamptz,
  ids uuid[], kinds text[], refs text[], effective timestamptz[], causes text[], actors text[], approvers text[],
  reversed uuid[],
  account_kinds text[], account_owners text[], account_currencies text[],
  line_journals int[], line_numbers int[], line_accounts int[], line_amounts bigint[])
returns table (journal_id uuid, booked boolean)
language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  closed_to timestamptz;
  fresh uuid[];
  is_fresh boolean[];
  answer uuid[] := ids;
  account_ids uuid[];
  versions bigint[];
  standing bigint[];
  old record;
begin
  -- Closing takes this lock alone.
  perform pg_advisory_xact_lock_shared(hashtextextended('ledger.closing', 0));
  select max(to_at) into closed_to from ledger.closings;

  with texts as (
    select journal, string_agg(ledger.line_text(line, kind, owner, currency, amount), E'\n' order by line) as lines
    from unnest(line_journals, line_numbers, line_accounts, line_amounts) l (journal, line, account, amount)
      join unnest(account_kinds, account_owners, account_currencies) with ordinality a (kind, owner, currency, nr)
        on a.nr = l.account
    group by journal
  ), added as (
    insert into ledger.journals (id, kind, reference, effective_at, booked_at, cause, actor, approver, reverses, sha256)
    select id, kind, reference, e.effective_at, at, cause, actor, approver, reverses,
      ledger.journal_sha256(id, kind, reference, e.effective_at, at, cause, actor, approver, reverses, lines)
    from unnest(ids, kinds, refs, effective, causes, actors, approvers, reversed) with ordinality
        h (id, kind, reference, wanted_at, cause, actor, approver, reverses, nr)
      left join texts on texts.journal = h.nr
      cross join lateral (select coalesce(h.wanted_at, greatest(at, closed_to)) as effective_at) e
    order by kind collate "C", reference collate "C"
    on conflict do nothing
    returning id
  ) select coalesce(array_agg(id), '{}') into fresh from added;

  if cardinality(fresh) = cardinality(ids) then
    is_fresh := array_fill(true, array[cardinality(ids)]);
  else
    select array_agg(id = any (fresh) order by nr) into is_fresh from unnest(ids) with ordinality h (id, nr);
    for old in
      select h.nr, h.kind || ' ' || h.reference as name, j.id, j.sha256, j.effective_at, h.wanted_at,
        h.reverses is not distinct from j.reverses as same_reverse,
        ledger.journal_sha256(j.id, j.kind, j.reference, j.effective_at, j.booked_at, j.cause, j.actor, j.approver,
          j.reverses, texts.lines) as wanted
      from unnest(ids, kinds, refs, effective, reversed) with ordinality h (id, kind, reference, wanted_at, reverses, nr)
        left join ledger.journals j on j.kind = h.kind and j.reference = h.reference
        left join (
          select journal, string_agg(ledger.line_text(line, kind, owner, currency, amount), E'\n' order by line) as lines
          from unnest(line_journals, line_numbers, line_accounts, line_amounts) l (journal, line, account, amount)
            join unnest(account_kinds, account_owners, account_currencies) with ordinality a (kind, owner, currency, nr)
              on a.nr = l.account
          group by journal) texts on texts.journal = h.nr
      where not is_fresh[h.nr]
    loop
      if old.id is null then
        raise exception 'a journal is reversed at most once' using errcode = 'LE005', detail = old.name;
      end if;
      if old.sha256 <> old.wanted or not old.same_reverse or old.wanted_at <> old.effective_at then
        raise exception 'this reference was booked with other content' using errcode = 'LE002', detail = old.name;
      end if;
      answer[old.nr] := old.id;
    end loop;
  end if;

  if cardinality(fresh) > 0 then
    select h.kind || ' ' || h.reference as name into old
    from unnest(kinds, refs, effective) with ordinality h (kind, reference, wanted_at, nr)
    where h.wanted_at < closed_to and is_fresh[h.nr] limit 1;
    if found then
      raise exception 'the period is closed' using errcode = 'LE003', detail = old.name;
    end if;

    insert into ledger.accounts (id, kind, owner, currency, created_at)
    select encode(substr(sha256(convert_to(kind || ' ' || owner || ' ' || currency, 'UTF8')), 1, 16), 'hex')::uuid,
      kind, owner, currency, at
    from unnest(account_kinds, account_owners, account_currencies) l (kind, owner, currency)
    where not exists (select from ledger.accounts a
      where a.kind = l.kind and a.owner = l.owner and a.currency = l.currency)
    order by kind collate "C", owner collate "C", currency collate "C"
    on conflict do nothing;

    with locked as (
      select l.nr, a.id, a.version, a.posted_micro
      from unnest(account_kinds, account_owners, account_currencies) with ordinality l (kind, owner, currency, nr)
        join ledger.accounts a on a.kind = l.kind and a.owner = l.owner and a.currency = l.currency
      order by a.kind, a.owner, a.currency
      for update of a
    ) select array_agg(id order by nr), array_agg(version order by nr), array_agg(posted_micro order by nr)
      into account_ids, versions, standing from locked;

    with lines as (
      select journal, line, amount, account, versions[account] + row_number() over w as version,
        standing[account] + sum(amount) over w as balance
      from unnest(line_journals, line_numbers, line_accounts, line_amounts) with ordinality
        l (journal, line, account, amount, nr)
      where is_fresh[journal]
      window w as (partition by account order by nr rows unbounded preceding)
    ), moved as (
      update ledger.accounts a set posted_micro = posted_micro + l.amount, version = l.version
      from (select account_ids[account] as id, sum(amount) as amount, max(version) as version
        from lines group by account) l
      where a.id = l.id
    )
    insert into ledger.postings (journal_id, line, account_id, amount_micro, account_version, balance_after)
    select ids[journal], line, account_ids[account], amount, version, balance from lines;

    if exists (select from unnest(ids, reversed) with ordinality h (id, reverses, nr)
        where h.reverses is not null and is_fresh[h.nr] and exists (
          (select line, account_id, -amount_micro from ledger.postings where journal_id = h.reverses
            except select line, account_id, amount_micro from ledger.postings where journal_id = h.id)
          union all
          (select line, account_id, amount_micro from ledger.postings where journal_id = h.id
            except select line, account_id, -amount_micro from ledger.postings where journal_id = h.reverses))) then
      raise exception 'a reversal negates every line' using errcode = 'LE006';
    end if;
  end if;
  return query select a, i from unnest(answer, is_fresh) r (a, i);
end $$;
