-- What other modules may read in bulk: the works of every agreement with the price pinned for each.
create view licensing.published_agreements as
  select a.id as agreement_id, a.licensee_id, a.use, a.unit, a.currency, a.made_at, w.position, w.work_id, w.title,
    w.offer_id, w.offer_version, w.offer_sha256, w.amount_micro, w.per_units, w.free,
    array(select distinct (c ->> 'party')::uuid from jsonb_array_elements(w.consents) c order by 1) as holder_ids
  from licensing.agreements a join licensing.agreement_works w on w.agreement_id = a.id;
