create schema sites;

-- Hosts and public profiles that parties say are theirs. One place may be named by several parties.
create table sites.sites (
  id uuid primary key,
  party_id uuid not null references parties.parties (id),
  kind text not null check (kind in ('host', 'profile')),
  -- Lower case, punycode, with a port only where the instance allows ports.
  host text not null,
  -- Profiles: the path of the profile without a slash at the end; hosts and profiles with a host of their own: ''.
  path text not null default '',
  url text not null,
  platform text,
  created_at timestamptz not null,
  released_at timestamptz,
  -- The end of validity of which the owner was told, and of which everybody was told.
  noticed_until timestamptz,
  lapsed_until timestamptz
);
create unique index sites_once on sites.sites (party_id, host, path) where released_at is null;
create index sites_place on sites.sites (host, path) where released_at is null;

-- What the owner is asked to publish. No secret: it is worth nothing to anybody but this party.
create table sites.challenges (
  site_id uuid primary key references sites.sites (id) on delete cascade,
  value text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- Every look at a site. Those with result 'proven' are the proofs. Never the body of a page.
create table sites.checks (
  id uuid primary key,
  site_id uuid not null references sites.sites (id) on delete cascade,
  method text not null check (method in ('file', 'dns', 'meta', 'code', 'moderator')),
  result text not null,
  checked_at timestamptz not null,
  valid_until timestamptz,
  evidence jsonb not null,
  check ((result = 'proven') = (valid_until is not null))
);
create index checks_newest on sites.checks (site_id, checked_at desc);

-- What on a site is not its owner's, as stated at a time; the latest statement counts, earlier ones stay.
create table sites.statements (
  id uuid primary key,
  site_id uuid not null references sites.sites (id) on delete cascade,
  seq int not null,
  none boolean not null,
  stated_at timestamptz not null,
  unique (site_id, seq)
);
create table sites.exclusions (
  id uuid primary key,
  statement_id uuid not null references sites.statements (id) on delete cascade,
  position int not null,
  -- RFC 9309 §2.2.2 path pattern.
  pattern text not null,
  what text not null,
  unique (statement_id, position)
);

-- Profiles a person has to look at because the platform lets no program read them.
create table sites.reviews (
  id uuid primary key,
  site_id uuid not null references sites.sites (id) on delete cascade,
  reason text not null,
  created_at timestamptz not null,
  claimed_by uuid,
  claimed_at timestamptz,
  decision text check (decision in ('confirmed', 'refused', 'withdrawn')),
  note text,
  decided_by uuid,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null))
);
create unique index reviews_open on sites.reviews (site_id) where decided_at is null;
