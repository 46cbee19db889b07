-- The wall by kind, version and affiliation, newest first. Common kinds and versions are found on the way down the wall.
create index signatories_wall_organisations on campaign.signatories (confirmed_at desc, id desc)
  where state = 'confirmed' and not hidden and kind = 'organisation';
create index signatories_wall_version on campaign.signatories (declaration_version, confirmed_at desc, id desc)
  where state = 'confirmed' and not hidden;
create index signatories_shown on campaign.signatories (id, basis) where state = 'confirmed' and not hidden;
create index checks_method on campaign.checks (method, signatory_id);

-- As names are folded for search, in the database, because an affiliation is not kept folded.
create function campaign.fold(shown text) returns text language sql immutable strict parallel safe as $$
  select trim(regexp_replace(replace(translate(lower(regexp_replace(normalize(shown, NFKD), '[\u0300-\u036f]', '', 'g')),
    'łø’‘ʼ`´', 'lo'''''''''''), 'ß', 'ss'), '\s+', ' ', 'g'))
$$;
create index signatories_affiliation_parts on campaign.signatories
  using gin (campaign.name_parts(campaign.fold(affiliation)))
  where state = 'confirmed' and not hidden and affiliation is not null;
