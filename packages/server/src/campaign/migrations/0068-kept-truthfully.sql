-- What is left of an erased person is bound to her mailbox: somebody else of the same name cannot lift it by signing.
alter table campaign.suppressions add column person_hmac text;
create index suppressions_person on campaign.suppressions (person_hmac) where person_hmac is not null;

-- Which version of the terms of participation applied when somebody signed; 0 is the text the software comes with.
-- Nothing is known of earlier signatures, and whom others brought agreed to none.
alter table campaign.signatories add column terms_version int check (terms_version >= 0);

-- Nobody said how old people on lists are.
alter table campaign.signatories alter column age drop not null;
update campaign.signatories set age = null where basis <> 'mailbox';
alter table campaign.signatories add check (age is not null or basis <> 'mailbox');
