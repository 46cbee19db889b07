-- The record of a day's list counts organisations too; of days before that it is not known.
alter table campaign.list_records
  add column organisations int,
  add column hidden_organisations int;
