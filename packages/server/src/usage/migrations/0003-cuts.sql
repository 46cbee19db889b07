-- A cut takes everything not yet charged up to a moment; what arrives later falls to the next one.
create table usage.cuts (
  id uuid primary key,
  to_at timestamptz not null,
  cut_at timestamptz not null
);
create trigger cuts_never_change before update or delete on usage.cuts
  for each row execute function usage.refuse_change();

alter table usage.events add column cut_id uuid references usage.cuts (id);
create index events_to_cut on usage.events (at) where cut_id is null and fault is null;
create index events_of_cut on usage.events (cut_id, agreement_id, work_id) where cut_id is not null;

-- A record gets its fault while it is counted and its cut once; nothing else about it changes, ever.
create trigger events_never_change before update on usage.events for each row when (
  old.cut_id is not null or (old.fault is not null and new.fault is distinct from old.fault) or
  (old.gate_id, old.record_seq, old.segment_seq, old.at, old.token_id, old.agreement_id, old.client_id,
    old.licensee_id, old.site_id, old.work_id, old.path, old.use, old.units, old.bytes, old.status, old.agent,
    old.signature, old.grade) is distinct from
  (new.gate_id, new.record_seq, new.segment_seq, new.at, new.token_id, new.agreement_id, new.client_id,
    new.licensee_id, new.site_id, new.work_id, new.path, new.use, new.units, new.bytes, new.status, new.agent,
    new.signature, new.grade)
) execute function usage.refuse_change();

-- A report never changes, so what cut it stands beside it.
create table usage.report_cuts (
  report_id uuid primary key references usage.reports (id),
  cut_id uuid not null references usage.cuts (id)
);
create index report_cuts_of_cut on usage.report_cuts (cut_id);
create trigger report_cuts_never_change before update or delete on usage.report_cuts
  for each row execute function usage.refuse_change();
