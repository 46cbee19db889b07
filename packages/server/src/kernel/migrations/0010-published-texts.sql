-- Texts of the operator: a draft in both languages, and versions that never change once published.
create table kernel.text_drafts (
  key text primary key,
  en text not null,
  de text not null,
  revision int not null,
  updated_at timestamptz not null
);
create table kernel.text_versions (
  key text not null,
  version int not null check (version > 0),
  en text not null,
  de text not null,
  sha256_en text not null,
  sha256_de text not null,
  published_at timestamptz not null,
  applies_from timestamptz not null,
  primary key (key, version)
);
create function kernel.refuse_text_change() returns trigger language plpgsql as
$$ begin raise exception 'a published text never changes; publish a new version'; end $$;
create trigger text_versions_append_only before update or delete on kernel.text_versions
  for each row execute function kernel.refuse_text_change();
