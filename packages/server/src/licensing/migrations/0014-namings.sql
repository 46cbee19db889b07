-- A licensee's wish to be named in public. It shows nothing by itself: who is named follows from agreements in force.
create table licensing.namings (
  id uuid primary key,
  licensee_id uuid not null references parties.parties (id),
  -- Whether the pages of its licences are linked, and whether it stays under "earlier" once none is in force.
  link_licenses boolean not null,
  stay_earlier boolean not null,
  switched_on_by uuid not null,
  switched_on_at timestamptz not null,
  switched_off_by uuid,
  switched_off_at timestamptz,
  check ((switched_off_by is null) = (switched_off_at is null))
);
create unique index namings_one_in_force on licensing.namings (licensee_id) where switched_off_at is null;
