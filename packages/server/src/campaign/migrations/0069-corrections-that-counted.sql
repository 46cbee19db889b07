-- Of what a clean-up took out and gave back: what had counted, people and organisations apart.
alter table campaign.clean_ups
  add column people int not null default 0,
  add column organisations int not null default 0,
  add column restored_people int,
  add column restored_organisations int;
update campaign.clean_ups u set people = c.people, organisations = c.organisations
  from (select r.clean_up_id, count(*) filter (where s.kind = 'person')::int as people,
      count(*) filter (where s.kind = 'organisation')::int as organisations
    from campaign.clean_up_rows r join campaign.signatories s on s.id = r.signatory_id
    where r.state_before = 'confirmed' group by 1) c
  where c.clean_up_id = u.id;
update campaign.clean_ups u set restored_people = least(u.restored, u.people),
    restored_organisations = least(u.restored, u.organisations)
  where u.restored is not null;

-- What moderators took out and lists that ended, a row a day: how many had counted, nothing about anybody.
create table campaign.removals (
  day date not null,
  kind text not null check (kind in ('moderator', 'list')),
  people int not null,
  organisations int not null,
  at timestamptz not null,
  primary key (day, kind)
);
