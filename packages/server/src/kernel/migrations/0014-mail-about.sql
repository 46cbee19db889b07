-- What a mail is about, so that erasing one thing takes its mails and no others to the same address.
alter table kernel.mails add column about text[];
create index mails_about on kernel.mails using gin (about) where about is not null;
