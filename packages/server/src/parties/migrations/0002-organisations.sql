-- Which legal person an organisation of identity is. The website is what its members say; control of it is proved in sites.
create table parties.organisations (
  organisation_id uuid primary key references identity.organisations (id),
  party_id uuid not null unique references parties.parties (id),
  website text
);
