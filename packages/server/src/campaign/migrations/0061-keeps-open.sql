-- Whether the campaign stays open while a version under embargo collects. Operators say so; signatures have no part in it.
alter table campaign.declarations add column keeps_open boolean not null default false;

-- Until now campaigns with names of an earlier version stayed open.
update campaign.declarations d set keeps_open = true
  where embargo and state in ('proposed', 'approved') and exists (select 1 from campaign.signatories s
    where s.declaration_version < d.version and s.state = 'confirmed');
