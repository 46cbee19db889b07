-- Reports end with the entry they are about: when its owner takes it back nobody decides, and who reported hears of it.
alter table campaign.reviews drop constraint reviews_outcome_check;
alter table campaign.reviews add constraint reviews_outcome_check
  check (outcome in ('allowed', 'namesake', 'removed', 'kept', 'accepted', 'refused', 'gone'));
alter table campaign.reviews drop constraint reviews_check;
alter table campaign.reviews add constraint reviews_check check (
  (decided_at is null) = (outcome is null) and (decided_at is null) = (answer is null)
  and (decided_by is null) = (outcome is null or outcome = 'gone'));
update campaign.reviews r set outcome = 'gone', answer = '', decided_at = s.withdrawn_at, reporter_email = null,
    reporter_locale = null
  from campaign.signatories s where s.id = r.signatory_id and s.state = 'withdrawn' and r.decided_at is null;
