-- Fetches that were counted for a token; told by whoever takes the gates' records.
alter table licensing.tokens add column counted bigint not null default 0 check (counted >= 0);
