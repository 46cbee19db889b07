-- How many members an organisation says it has, and to which campaign it said so. Its own claim; nobody checked it.
alter table parties.organisations
  add column members integer check (members between 1 and 100000000),
  add column members_said_to text,
  add constraint members_said check ((members is null) = (members_said_to is null));
