import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { defineProblems } from './http/problem.ts';
import type { Locale } from './i18n.ts';
import { inTx, type Kernel } from './kernel.ts';

/** The same text in every language. */
export type TextBodies = { readonly [L in Locale]: string };

/** A version of a text; it never changes. */
export type TextVersion = {
  readonly key: string;
  /** Counted from 1 for each key. */
  readonly version: number;
  readonly bodies: TextBodies;
  /** SHA-256 of the text in UTF-8, hex, for each language. */
  readonly sha256: TextBodies;
  readonly publishedAt: Date;
  readonly appliesFrom: Date;
};

/** A text nobody sees yet; `revision` is 0 where there is none. */
export type TextDraft = { readonly bodies: TextBodies; readonly revision: number };

export const { problems: textProblems, fail: failText } = defineProblems({
  'text-draft-missing': {
    status: 409,
    en: {
      title: 'There is no draft to publish.',
      cure: 'Write the text in both languages, look at it, and publish it then.',
    },
    de: {
      title: 'Es gibt keinen Entwurf zum Veröffentlichen.',
      cure: 'Schreiben Sie den Text in beiden Sprachen, sehen Sie ihn an, und veröffentlichen Sie ihn dann.',
    },
  },
});

type VersionRow = {
  key: string;
  version: number;
  en: string;
  de: string;
  sha256_en: string;
  sha256_de: string;
  published_at: Date;
  applies_from: Date;
};

/** The draft of a text, or undefined. */
export async function readTextDraft(k: Kernel, key: string): Promise<TextDraft | undefined> {
  const found = await sql<{ en: string; de: string; revision: number }>`
    select en, de, revision from kernel.text_drafts where key = ${key}`.execute(k.db);
  const row = found.rows[0];
  return row && { bodies: { en: row.en, de: row.de }, revision: row.revision };
}

/** Stores a draft if nobody changed it since `revision` (0: there was none); answers whether it was stored. */
export async function saveTextDraft(
  k: Kernel,
  key: string,
  { bodies, revision }: TextDraft,
): Promise<boolean> {
  const { en, de } = bodies;
  const now = k.clock.now();
  const done =
    revision === 0
      ? await sql`insert into kernel.text_drafts (key, en, de, revision, updated_at)
          values (${key}, ${en}, ${de}, 1, ${now}) on conflict (key) do nothing`.execute(k.db)
      : await sql`update kernel.text_drafts set en = ${en}, de = ${de}, revision = revision + 1, updated_at = ${now}
          where key = ${key} and revision = ${revision}`.execute(k.db);
  return done.numAffectedRows === 1n;
}

/** Throws a draft away; what is published stays. */
export async function dropTextDraft(k: Kernel, key: string): Promise<void> {
  await sql`delete from kernel.text_drafts where key = ${key}`.execute(k.db);
}

/**
 * Publishes the draft that was looked at, as the next version. It applies at once, or from the start of `date`
 * (`YYYY-MM-DD`) in `zone` where that is later; answers undefined when somebody changed the draft since `revision`.
 * Throws `text-draft-missing`.
 */
export async function publishText(
  k: Kernel,
  about: { key: string; revision: number; date?: string | undefined; zone: string },
): Promise<TextVersion | undefined> {
  const { key, revision, date, zone } = about;
  return inTx(k, async (t) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`text|${key}`}, 0))`.execute(t.db);
    const draft = await readTextDraft(t, key);
    if (!draft) throw failText('text-draft-missing');
    if (draft.revision !== revision) return undefined;
    const { en, de } = draft.bodies;
    const now = t.clock.now();
    const made = await sql<VersionRow>`
      insert into kernel.text_versions (key, version, en, de, sha256_en, sha256_de, published_at, applies_from)
      select ${key}, coalesce(max(version), 0) + 1, ${en}, ${de}, ${sha256(en)}, ${sha256(de)}, ${now},
        greatest(${now}::timestamptz, ${date ?? null}::date::timestamp at time zone ${zone})
      from kernel.text_versions where key = ${key} returning *`.execute(t.db);
    await dropTextDraft(t, key);
    return toVersion(made.rows[0]!);
  });
}

/** All versions of a text, the newest first; also those that do not apply yet. */
export async function textVersions(k: Kernel, key: string): Promise<TextVersion[]> {
  const found = await sql<VersionRow>`
    select * from kernel.text_versions where key = ${key} order by version desc`.execute(k.db);
  return found.rows.map(toVersion);
}

/** The newest version that applies now, for each of the keys that has one. */
export async function textsInForce(k: Kernel, keys: readonly string[]): Promise<Map<string, TextVersion>> {
  const found = await sql<VersionRow>`
    select distinct on (key) * from kernel.text_versions
    where key = any(${[...keys]}) and applies_from <= ${k.clock.now()} order by key, version desc`.execute(
    k.db,
  );
  return new Map(found.rows.map((row) => [row.key, toVersion(row)]));
}

function toVersion(row: VersionRow): TextVersion {
  return {
    key: row.key,
    version: row.version,
    bodies: { en: row.en, de: row.de },
    sha256: { en: row.sha256_en, de: row.sha256_de },
    publishedAt: row.published_at,
    appliesFrom: row.applies_from,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
