-- What is in a mail opens accounts: it is sealed while the mail waits, and gone when it has been sent.
-- What waits already stays as it is until it is sent.
alter table kernel.mails add column body text;
update kernel.mails set body = jsonb_build_object('text', body_text, 'html', body_html)::text where state = 'queued';
alter table kernel.mails drop column body_text, drop column body_html;
