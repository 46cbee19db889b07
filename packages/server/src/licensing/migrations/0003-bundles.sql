-- The newest signed bundle for the gates of a site. Its number grows with every change.
create table licensing.bundles (
  site_id uuid primary key,
  number bigint not null check (number > 0),
  content_sha256 text not null,
  issued_at timestamptz not null,
  looked_at timestamptz not null,
  sealed text not null
);
