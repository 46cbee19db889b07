import { sql } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';

export type EntryKind = 'commitment' | 'request' | 'impact';

/** Where an entry stands: the page of a company, or the page of what the campaign brought. */
export type Page =
  | { readonly kind: 'impact'; readonly slug: null }
  | { readonly kind: 'commitment' | 'request'; readonly slug: string };

/** One version of an entry. */
export type Entry = {
  readonly id: string;
  readonly version: number;
  readonly kind: EntryKind;
  readonly slug: string | null;
  /** ISO date. */
  readonly happenedOn: string;
  readonly answeredOn: string | null;
  readonly words: string;
  readonly locale: Locale;
  readonly source: string;
  readonly retracted: boolean;
  /** Why this version was written; null for the first. */
  readonly reason: string | null;
  readonly writtenAt: Date;
};

/** Answers false where that version is there already. */
export async function insertEntry(db: Db, e: Entry & { readonly writtenBy: string }): Promise<boolean> {
  const done =
    await sql`insert into campaign.entries (id, version, kind, slug, happened_on, answered_on, words, locale,
      source, retracted, reason, written_by, written_at)
    values (${e.id}, ${e.version}, ${e.kind}, ${e.slug}, ${e.happenedOn}, ${e.answeredOn}, ${e.words}, ${e.locale},
      ${e.source}, ${e.retracted}, ${e.reason}, ${e.writtenBy}, ${e.writtenAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

/** All versions, each entry's in their order. */
export async function selectEntries(
  db: Db,
  { kind, slug, id }: { kind?: EntryKind; slug?: string; id?: string },
): Promise<Entry[]> {
  const found = await sql<Entry>`select id, version, kind, slug, happened_on as "happenedOn",
      answered_on as "answeredOn", words, locale, source, retracted, reason, written_at as "writtenAt"
    from campaign.entries
    where (${kind ?? null}::text is null or kind = ${kind ?? null})
      and (${slug ?? null}::text is null or slug = ${slug ?? null})
      and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
    order by id, version`.execute(db);
  return found.rows;
}
