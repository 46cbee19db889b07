create schema distribution;

-- The fee an agreement was made under. A fee that changes later never touches it.
create table distribution.agreement_fees (
  agreement_id uuid primary key,
  fee_ppm int not null check (fee_ppm between 0 and 1000000),
  pinned_at timestamptz not null
);

-- One division of money: of an invoice that was paid, of a credit note, or of money that waited.
create table distribution.runs (
  id uuid primary key,
  kind text not null check (kind in ('invoice', 'credit', 'release')),
  -- The invoice, or the work whose money is released.
  subject uuid not null,
  -- The owner of the account `pool` that the run empties.
  pool_owner text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null default 'planned' check (state in ('planned', 'computed', 'verified', 'posted')),
  lines int not null default 0,
  total_micro bigint not null default 0,
  -- Over every frozen line and share.
  input_sha256 text,
  -- Over every result: as computed in SQL, and as computed again in TypeScript.
  sql_root text,
  ts_root text,
  -- How far the results by account are posted.
  credits_posted int not null default 0,
  -- Why the run stands still, where a person must look.
  fault text,
  planned_at timestamptz not null,
  computed_at timestamptz,
  verified_at timestamptz,
  posted_at timestamptz
);
create unique index runs_one_per_invoice on distribution.runs (subject) where kind = 'invoice';
create index runs_to_do on distribution.runs (planned_at) where state <> 'posted';
create index runs_posted on distribution.runs (posted_at, id) where state = 'posted';

-- What a run divides, frozen when it was planned. `no` follows the order of line ids.
create table distribution.run_lines_in (
  run_id uuid not null,
  no int not null,
  -- The line of billing; of money that waited: the line it came from.
  line_id uuid not null,
  -- The line that was distributed first: another one only where a credit corrects it.
  origin_line_id uuid not null,
  split_key uuid not null,
  amount_micro bigint not null,
  -- What was distributed of the origin line before: the fee is charged on the sum, so it is rounded once.
  base_micro bigint not null,
  fee_ppm int not null check (fee_ppm between 0 and 1000000),
  -- False for money that was distributed before and waited.
  from_billing boolean not null,
  seal bytea not null,
  primary key (run_id, no)
);
create unique index run_lines_in_once on distribution.run_lines_in (line_id) where from_billing;
create index run_lines_in_by_origin on distribution.run_lines_in (origin_line_id);
create index run_lines_in_by_split on distribution.run_lines_in (run_id, split_key);

-- Who takes part in a split, and where each part goes, frozen when the run was planned. `pos` follows the keys.
create table distribution.run_shares (
  run_id uuid not null,
  split_key uuid not null,
  pos smallint not null,
  key text not null,
  claim_id uuid,
  party_id uuid,
  work_id uuid not null,
  -- The part of the right this stands for; 0 where a credit takes back.
  share_ppm int not null check (share_ppm >= 0),
  weight bigint not null check (weight >= 0),
  disposition text not null check (disposition in ('paid', 'contested', 'unaccepted', 'ownerless')),
  seal bytea not null,
  primary key (run_id, split_key, pos),
  check (disposition <> 'paid' or party_id is not null)
);
create index run_shares_of_party on distribution.run_shares (party_id, run_id);

-- The result: the part of one line that falls to one share.
create table distribution.lines (
  run_id uuid not null,
  no int not null,
  pos smallint not null,
  fee_micro bigint not null,
  net_micro bigint not null,
  primary key (run_id, no, pos)
);

-- The result by account, in the order in which it is posted.
create table distribution.run_credits (
  run_id uuid not null,
  seq int not null,
  account_kind text not null,
  account_owner text not null,
  amount_micro bigint not null check (amount_micro <> 0),
  primary key (run_id, seq)
);

-- Money that waits: a part that could not be given to anybody yet, and the run that gave it out.
create table distribution.suspense (
  run_id uuid not null,
  no int not null,
  pos smallint not null,
  line_id uuid not null,
  origin_line_id uuid not null,
  work_id uuid not null,
  claim_id uuid,
  party_id uuid,
  reason text not null check (reason in ('contested', 'unaccepted', 'ownerless')),
  amount_micro bigint not null check (amount_micro <> 0),
  currency text not null,
  since timestamptz not null,
  released_by uuid references distribution.runs (id),
  primary key (run_id, no, pos)
);
create index suspense_open on distribution.suspense (work_id) where released_by is null;
create index suspense_by_origin on distribution.suspense (origin_line_id) where released_by is null;
create index suspense_of_party on distribution.suspense (party_id) where released_by is null;

create function distribution.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what a run was planned on and what it gave never change'
    using errcode = 'integrity_constraint_violation';
end $$;
create trigger fees_never_change before update or delete on distribution.agreement_fees
  for each row execute function distribution.refuse_change();
create trigger lines_in_never_change before update or delete on distribution.run_lines_in
  for each row execute function distribution.refuse_change();
create trigger shares_never_change before update or delete on distribution.run_shares
  for each row execute function distribution.refuse_change();
create trigger lines_never_change before update or delete on distribution.lines
  for each row execute function distribution.refuse_change();
create trigger credits_never_change before update or delete on distribution.run_credits
  for each row execute function distribution.refuse_change();

create function distribution.check_suspense() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.released_by is not null or new.released_by is null
      or to_jsonb(new) - 'released_by' <> to_jsonb(old) - 'released_by' then
    raise exception 'money that waits is released once, nothing else'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger suspense_only_ends before update or delete on distribution.suspense
  for each row execute function distribution.check_suspense();

create function distribution.check_run() returns trigger language plpgsql as $$
declare
  states constant text[] := '{planned,computed,verified,posted}';
begin
  if tg_op = 'DELETE' or old.state = 'posted'
      or array_position(states, new.state) not between array_position(states, old.state)
        and array_position(states, old.state) + 1
      or (new.id, new.kind, new.subject, new.pool_owner, new.currency, new.planned_at)
        is distinct from (old.id, old.kind, old.subject, old.pool_owner, old.currency, old.planned_at)
      or (old.input_sha256 is not null and (new.input_sha256, new.lines, new.total_micro)
        is distinct from (old.input_sha256, old.lines, old.total_micro)) then
    raise exception 'a run goes from planned to computed to verified to posted, nothing else'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger runs_only_go_on before update or delete on distribution.runs
  for each row execute function distribution.check_run();

-- The texts under the hashes, without the line feed between them. Nothing in them depends on a locale. Stable, not
-- immutable, so that the planner can put them in place.
create function distribution.line_text(no int, line_id uuid, origin_line_id uuid, split_key uuid, amount bigint,
    base bigint, fee_ppm int) returns text language sql stable as $$
  select concat_ws('|', no, line_id, origin_line_id, split_key, amount, base, fee_ppm)
$$;
create function distribution.share_text(split_key uuid, pos int, key text, claim_id uuid, party_id uuid, work_id uuid,
    share_ppm int, weight bigint, disposition text) returns text language sql stable as $$
  select concat_ws('|', split_key, pos, key, coalesce(claim_id::text, ''), coalesce(party_id::text, ''), work_id,
    share_ppm, weight, disposition)
$$;
create function distribution.sha256_hex(content text) returns text language sql stable as $$
  select encode(sha256(convert_to(coalesce(content, ''), 'UTF8')), 'hex')
$$;

-- The fee, rounded half away from zero. Exact beyond the range of a bigint product.
create function distribution.fee_of(amount bigint, ppm int) returns bigint language sql immutable as $$
  select amount / 1000000 * ppm
    + (amount % 1000000 * ppm + case when amount < 0 then -500000 else 500000 end) / 1000000
$$;
-- What falls to a weight before the rest is given out, and its remainder. Exact beyond the range of a bigint product.
create function distribution.part_of(amount bigint, weight bigint, whole bigint) returns bigint language sql immutable
as $$
  select case when whole <= 2000000000 then amount / whole * weight + amount % whole * weight / whole
    else div(amount::numeric * weight, whole::numeric)::bigint end
$$;
create function distribution.rest_of(amount bigint, weight bigint, whole bigint) returns bigint language sql immutable
as $$
  select case when whole <= 2000000000 then amount % whole * weight % whole
    else mod(amount::numeric * weight, whole::numeric)::bigint end
$$;
create function distribution.account_of(disposition text) returns text language sql immutable as $$
  select case disposition when 'paid' then 'payable' else 'suspense-' || disposition end
$$;

-- Every part of every line of the runs that are posted, for statements and for the holders' own pages. A payee's part is
-- `net_micro`; `fee_micro` is the fee on it. `protocol.splitLine` computes both again from the line and its split.
create view distribution.published_lines as
  select r.id as run_id, r.kind as run_kind, r.subject, r.currency, r.posted_at, i.no, s.pos, i.line_id,
    i.origin_line_id, i.amount_micro as line_micro, i.base_micro, i.fee_ppm, s.key, s.claim_id, s.party_id, s.work_id,
    s.share_ppm, s.weight, s.disposition, l.fee_micro, l.net_micro, l.fee_micro + l.net_micro as gross_micro
  from distribution.runs r
  join distribution.run_shares s on s.run_id = r.id
  join distribution.run_lines_in i on i.run_id = s.run_id and i.split_key = s.split_key
  join distribution.lines l on l.run_id = i.run_id and l.no = i.no and l.pos = s.pos
  where r.state = 'posted';

-- All who take part in the split of a line, as `protocol.splitLine` takes them.
create view distribution.published_splits as
  select i.run_id, i.no, i.line_id, s.pos, s.key, s.claim_id, s.party_id, s.share_ppm, s.weight, s.disposition
  from distribution.runs r
  join distribution.run_lines_in i on i.run_id = r.id
  join distribution.run_shares s on s.run_id = i.run_id and s.split_key = i.split_key
  where r.state = 'posted';
