-- Lists an organisation published without a moderator: what it takes back counts against its day all the same.
alter table campaign.rosters add column direct_at timestamptz;
update campaign.rosters set direct_at = submitted_at
  where origin = 'roster' and decided_at is null and published_at is not null;
create index rosters_direct on campaign.rosters (direct_at) where direct_at is not null;

-- Rows whose people have yet to hear of it, and which mailbox heard of what when (a keyed hash, 30 days): of a mailbox at
-- most one such mail a day, whatever is on the lists.
alter table campaign.roster_rows add column untold boolean not null default false;
create index roster_rows_untold on campaign.roster_rows (id) where untold;
create table campaign.notices (
  mailbox_hmac text not null,
  kind text not null check (kind in ('signed-through', 'invited', 'ended')),
  told_at timestamptz not null,
  primary key (mailbox_hmac, kind)
);

-- Of those who are signed for, the alarm looks at who signs for them.
alter table campaign.alarms drop constraint alarms_kind_check;
alter table campaign.alarms add constraint alarms_kind_check
  check (kind in ('all', 'network', 'domain', 'country', 'refused', 'through'));
create index signatories_through on campaign.signatories (through_name, created_at) where through_name is not null;
