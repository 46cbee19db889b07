-- What licensees say of uses no gate can see, signed for by a person of theirs. A report never changes.
create table usage.reports (
  id uuid primary key,
  agreement_id uuid not null,
  licensee_id uuid not null,
  unit text not null,
  use text not null,
  from_day date not null,
  to_day date not null,
  model jsonb,
  document text not null,
  sha256 text not null,
  reported_by uuid not null,
  reported_at timestamptz not null,
  unique (agreement_id, sha256),
  check (from_day <= to_day)
);
create index reports_of_agreement on usage.reports (agreement_id, from_day);

create table usage.report_lines (
  report_id uuid not null references usage.reports (id),
  work_id uuid not null,
  units bigint not null check (units > 0),
  primary key (report_id, work_id)
);

create trigger reports_never_change before update or delete on usage.reports
  for each row execute function usage.refuse_change();
create trigger report_lines_never_change before update or delete on usage.report_lines
  for each row execute function usage.refuse_change();

-- Reported usage comes through no site and no client.
alter table usage.rollups drop constraint rollups_pkey;
alter table usage.rollups alter column site_id drop not null;
alter table usage.rollups alter column client_id drop not null;
create unique index rollups_once on usage.rollups
  (agreement_id, work_id, day, use, unit, grade, site_id, client_id) nulls not distinct;
