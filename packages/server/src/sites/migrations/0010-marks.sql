-- What is not the owner's can also be named by a feed, an agency's credit, a creator in JSON-LD, or a tag of the CMS.
-- `pattern` then holds the address of the feed, the credit, the name or the tag.
alter table sites.exclusions add column kind text not null default 'path'
  check (kind in ('path', 'feed', 'credit', 'creator', 'tag'));

-- Pages where such a mark was found. They stay excluded until the owner states anew.
create table sites.excluded_pages (
  statement_id uuid not null references sites.statements (id) on delete cascade,
  -- Path with its query, as in the address.
  path text not null,
  -- Of the exclusion whose mark it has.
  position int not null,
  found_at timestamptz not null,
  primary key (statement_id, path)
);

-- The last look for marked pages; `whole` once a look has seen every page there is.
create table sites.sweeps (
  statement_id uuid primary key references sites.statements (id) on delete cascade,
  looked_at timestamptz not null,
  pages int not null,
  whole boolean not null
);
