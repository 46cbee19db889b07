-- Pledges: a company's promise, in its own words never; the text is versioned. Of a company at most one is live.
create table campaign.pledges (
  id uuid primary key,
  party_id uuid not null,
  version int not null check (version > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The host whose control was shown, how and when.
  host text not null,
  method text not null,
  checked_at timestamptz not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  check ((withdrawn_by is null) = (withdrawn_at is null))
);
create unique index pledges_live on campaign.pledges (party_id) where withdrawn_at is null;

-- Which party here is the company of a page: decided by a person who looked, with the reason.
create table campaign.company_links (
  id uuid primary key,
  slug text not null,
  party_id uuid not null,
  method text not null check (method in ('domain', 'mail')),
  -- The host or the address that was looked at, and in words why it is the company's.
  evidence text not null,
  reason text not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  check ((ended_by is null) = (ended_at is null))
);
create unique index company_links_live on campaign.company_links (party_id) where ended_at is null;
create index company_links_slug on campaign.company_links (slug) where ended_at is null;

-- Replies of companies to their page, each version whole. Moderated for who sent it, never for what it says.
create table campaign.replies (
  id uuid primary key,
  slug text not null,
  party_id uuid,
  words text not null,
  locale text not null check (locale in ('en', 'de')),
  state text not null check (state in ('waiting', 'public', 'refused', 'withdrawn')),
  method text not null check (method in ('domain', 'mail')),
  evidence text not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  -- Among the public ones of a page: its number.
  version int check (version > 0),
  decided_by uuid,
  decided_at timestamptz,
  -- How the identity was checked, or why not accepted.
  reason text,
  withdrawn_at timestamptz,
  check ((state in ('public', 'withdrawn')) = (version is not null)),
  check (state = 'waiting' or decided_at is not null),
  check ((state = 'withdrawn') = (withdrawn_at is not null))
);
create unique index replies_versions on campaign.replies (slug, version) where version is not null;
create unique index replies_waiting on campaign.replies (slug, party_id) where state = 'waiting';

-- What operators write down, dated and with a source: commitments of a company, requests to it, what the campaign brought.
-- A correction is a new version with its reason; nothing is ever overwritten.
create table campaign.entries (
  id uuid not null,
  version int not null check (version > 0),
  kind text not null check (kind in ('commitment', 'request', 'impact')),
  slug text check ((slug is null) = (kind = 'impact')),
  happened_on date not null,
  -- Of a request: when it was answered.
  answered_on date check (answered_on is null or (kind = 'request' and answered_on >= happened_on)),
  words text not null,
  locale text not null check (locale in ('en', 'de')),
  source text not null,
  retracted boolean not null,
  -- Why it was corrected; the first version has none.
  reason text check ((reason is null) = (version = 1)),
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (id, version)
);
create index entries_kind on campaign.entries (kind, slug);

-- The moment the funnel became public. It stays.
create table campaign.funnel_publication (
  once boolean primary key default true check (once),
  published_by uuid not null,
  published_at timestamptz not null
);

create function campaign.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was published stays' using errcode = 'integrity_constraint_violation';
end $$;
create trigger entries_never_change before update or delete on campaign.entries
  for each row execute function campaign.refuse_change();
create trigger entries_never_vanish before truncate on campaign.entries
  for each statement execute function campaign.refuse_change();
create trigger funnel_stays_public before update or delete on campaign.funnel_publication
  for each row execute function campaign.refuse_change();
create trigger funnel_never_vanishes before truncate on campaign.funnel_publication
  for each statement execute function campaign.refuse_change();
