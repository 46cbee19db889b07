-- Checks that ended: taken back by a moderator or by the organisation that vouched, or gone with the name or the official
-- domain they were about. The signatory sees them with the reason.
create table campaign.ended_checks (
  id uuid primary key,
  signatory_id uuid not null references campaign.signatories (id) on delete cascade,
  method text not null check (method in ('domain-mail', 'link-back', 'vouch', 'evidence')),
  -- As in campaign.checks.
  detail text not null,
  voucher_id uuid references campaign.signatories (id) on delete cascade,
  checked_at timestamptz not null,
  ended_at timestamptz not null,
  ended_for text not null check (ended_for in ('moderator', 'voucher', 'name', 'domain')),
  ended_by uuid,
  -- In the words of who took it back; empty otherwise.
  reason text not null
);
create index ended_checks_signatory on campaign.ended_checks (signatory_id, ended_at);
create index ended_checks_voucher on campaign.ended_checks (voucher_id) where voucher_id is not null;
