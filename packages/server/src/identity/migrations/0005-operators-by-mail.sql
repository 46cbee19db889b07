-- Who became operator by an invitation; the link shown on the server is for the others.
alter table identity.users add column operator_by_mail boolean not null default false;
