import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { checkFields, cleanLine, cleanText, inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import { type Entry, type EntryKind, insertEntry, type Page, selectEntries } from './store-entries.ts';

const source = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username } = new URL(text);
    return ['https:', 'http:'].includes(protocol) && username === '';
  }, 'not an address on the web such as https://example.org');

/** What an operator writes down: a date, words, and where anybody can read it. */
export const entrySchema = z.object({
  happenedOn: z.iso.date(),
  answeredOn: z.union([z.literal('').transform(() => null), z.null(), z.iso.date()]).default(null),
  words: cleanText(1_000),
  locale: z.enum(['en', 'de']),
  source,
});
export type EntryInput = z.output<typeof entrySchema>;

export const correctionSchema = entrySchema.extend({
  reason: cleanLine(300),
  retracted: z.boolean().default(false),
  version: z.coerce.number().int().min(1),
});

/** Writes an entry of a page, dated and with a source. Answers its id. */
export async function writeEntry(k: Kernel, about: EntryInput & Page & { by: string }): Promise<string> {
  return inTx(k, async (t) => {
    const id = t.ids.id();
    const { by, ...rest } = about;
    checkDates(about.kind, rest);
    await insertEntry(t.db, {
      ...{ ...rest, id, version: 1, retracted: false, reason: null },
      ...{ writtenBy: by, writtenAt: t.clock.now() },
    });
    await recordActivity(t, { actor: by, action: 'campaign.entry-written', subject: `entry:${id}` });
    return id;
  });
}

/**
 * Corrects or retracts an entry: the version before stays and is shown, with the reason.
 * Throws `entry-not-there`, `entry-changed-meanwhile`.
 */
export async function correctEntry(
  k: Kernel,
  about: z.output<typeof correctionSchema> & { id: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const { id, by, version, ...rest } = about;
    const now = (await selectEntries(t.db, { id })).at(-1);
    if (!now) throw fail('entry-not-there');
    if (now.version !== version) throw fail('entry-changed-meanwhile');
    checkDates(now.kind, rest);
    const kept = await insertEntry(t.db, {
      ...{ ...rest, id, version: version + 1, kind: now.kind, slug: now.slug },
      ...{ writtenBy: by, writtenAt: t.clock.now() },
    });
    if (!kept) throw fail('entry-changed-meanwhile');
    await recordActivity(t, {
      actor: by,
      action: rest.retracted ? 'campaign.entry-retracted' : 'campaign.entry-corrected',
      subject: `entry:${id}`,
    });
  });
}

/** Only a request is answered, and not before it was sent. */
function checkDates(
  kind: EntryKind,
  { happenedOn, answeredOn }: Pick<EntryInput, 'happenedOn' | 'answeredOn'>,
) {
  if (answeredOn === null) return;
  const fits = (date: string) => kind === 'request' && date >= happenedOn;
  const answered = z.string().refine(fits, 'must not be before the day it was sent');
  checkFields(z.object({ answeredOn: answered }), { answeredOn });
}

/** An entry in its newest version, with those before. */
export type EntryHistory = Entry & { readonly before: readonly Entry[] };

/** The entries of a page, or all of a kind, newest date first; retracted ones are among them and say so. */
export async function listEntries(
  k: Kernel,
  about: { kind?: EntryKind; slug?: string; id?: string },
): Promise<EntryHistory[]> {
  const versions = Map.groupBy(await selectEntries(k.db, about), ({ id }) => id);
  return [...versions.values()]
    .map((all) => ({ ...all.at(-1)!, before: all.slice(0, -1).reverse() }))
    .sort((a, b) =>
      a.happenedOn === b.happenedOn ? (a.id < b.id ? 1 : -1) : a.happenedOn < b.happenedOn ? 1 : -1,
    );
}
