-- Whether the signatory came right from confirming her mailbox, and not by the link that stands in every mail to her.
alter table campaign.handovers add column just_confirmed boolean not null default false;
