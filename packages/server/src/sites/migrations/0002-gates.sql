-- What stands before a site and lets agents in: it signs its usage with its own key, and asks for the state of tokens
-- with a secret, of which only a keyed hash is kept.
create table sites.gates (
  id uuid primary key,
  site_id uuid not null references sites.sites (id) on delete cascade,
  name text not null,
  public_key bytea not null check (octet_length(public_key) = 32),
  secret_hmac text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index gates_of_site on sites.gates (site_id, created_at);
