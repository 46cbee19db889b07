-- Mailings to those who agreed to mail. The words are fixed once one operator proposed and another approved them.
create table campaign.mailings (
  id uuid primary key,
  kind text not null check (kind in ('news', 'agree-again', 'milestone')),
  -- Subject and body by language; a language is missing where nobody is written to in it.
  texts jsonb not null,
  -- Conditions that narrow down those who agreed; none means all of them.
  audience jsonb not null,
  state text not null check (state in ('draft', 'proposed', 'scheduled', 'sending', 'paused', 'done', 'stopped')),
  -- Raised by each change, so that two editors do not overwrite each other.
  edition int not null,
  -- Raised by each start, so that a job of an earlier one does nothing.
  run int not null default 0,
  per_minute int not null check (per_minute between 1 and 6000),
  written_by uuid not null,
  written_at timestamptz not null,
  start_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  -- Of the recipients when it began, and how far it is: the last signatory looked at.
  total int,
  position uuid,
  check ((state in ('scheduled', 'sending', 'paused', 'done')) <= (approved_by is not null)),
  check ((state in ('done', 'stopped')) = (finished_at is not null))
);
create index mailings_newest on campaign.mailings (written_at desc);

-- Who was written to: a mailbox at most once a mailing. Goes with the signature.
create table campaign.mailing_recipients (
  mailing_id uuid not null references campaign.mailings (id) on delete cascade,
  mailbox_hmac text not null,
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  mail_id uuid not null unique,
  queued_at timestamptz not null,
  primary key (mailing_id, mailbox_hmac)
);
create index mailing_recipients_signatory on campaign.mailing_recipients (signatory_id);

-- Addresses of signatories from which mail came back for good.
create table campaign.mail_returns (
  signatory_id uuid primary key references campaign.signatories (id) on delete cascade,
  returned_at timestamptz not null
);

-- Goals: numbers of people. Once reached, a goal is a milestone and stays.
create table campaign.goals (
  target int primary key check (target > 0),
  set_by uuid not null,
  set_at timestamptz not null,
  reached_at timestamptz,
  reached_count int,
  check ((reached_at is null) = (reached_count is null))
);
