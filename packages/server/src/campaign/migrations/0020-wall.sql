-- Search by any part of a name without an extension: every part of one to three characters of its words, as PostgreSQL's
-- own index on arrays finds them. Its cost keeps the planner from calling it for each row where the index will do.
create function campaign.name_parts(folded text) returns text[] language sql immutable strict parallel safe cost 10000 as $$
  select coalesce(array_agg(distinct substr(word, start, size)), '{}')
  from unnest(string_to_array(folded, ' ')) word, generate_series(1, 3) size,
    generate_series(1, char_length(word) - size + 1) start
$$;
create index signatories_name_parts on campaign.signatories using gin (campaign.name_parts(name_folded))
  where state = 'confirmed' and not hidden;

-- The wall whole and by its filters, newest first; names that are hidden are not in the way.
drop index campaign.signatories_wall;
create index signatories_wall on campaign.signatories (confirmed_at desc, id desc)
  where state = 'confirmed' and not hidden;
create index signatories_wall_craft on campaign.signatories (craft, confirmed_at desc, id desc)
  where state = 'confirmed' and not hidden;
create index signatories_wall_country on campaign.signatories (country, confirmed_at desc, id desc)
  where state = 'confirmed' and not hidden;
-- Who counts, without reading the rows.
create index signatories_counted on campaign.signatories (hidden) where state = 'confirmed';
