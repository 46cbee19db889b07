-- Mails that were sent together to many: counted and stopped together.
alter table kernel.mails add column batch text;
create index mails_batch on kernel.mails (batch, state) where batch is not null;
create index mails_waiting on kernel.mails (recipient_key, category) where state = 'queued';
