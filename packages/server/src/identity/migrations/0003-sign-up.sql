-- Accounts of people who do not sign the declaration, such as a company's: the name waits with the link.
alter table identity.login_links add column name text;
alter table identity.login_links add column locale text check (locale in ('en', 'de'));
alter table identity.login_links drop constraint login_links_purpose_check;
alter table identity.login_links drop constraint login_links_check;
alter table identity.login_links drop constraint login_links_check1;
alter table identity.login_links add check (purpose in ('sign-in', 'change-address', 'operator', 'sign-up'));
alter table identity.login_links add check ((purpose in ('operator', 'sign-up')) = (user_id is null));
alter table identity.login_links add check ((purpose in ('change-address', 'sign-up')) = (email_key is not null));
alter table identity.login_links add check ((purpose = 'sign-up') = (name is not null and locale is not null));
alter table identity.sign_in_requests add column name text;
