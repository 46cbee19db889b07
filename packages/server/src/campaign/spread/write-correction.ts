import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { checkFields, cleanLine, inTx, type Kernel, type Locale } from '../../kernel/index.ts';
import { type Removal, selectRemovals } from '../desk/store-removals.ts';
import { type CleanUp, listCleanUps } from '../floods/clean-up.ts';
import { spreadText } from './spread-messages.ts';
import { insertCorrection, selectCorrections } from './store-spread.ts';

/** What a correction says: the day, the words, by how much the count changed. */
export const correctionSchema = z.object({
  happenedOn: z.iso.date(),
  en: cleanLine(1_000),
  de: cleanLine(1_000),
  change: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(-10_000_000).max(10_000_000).optional(),
  ),
});

/** One line of the log of corrections. */
export type Correction = {
  readonly id: string;
  readonly at: Date;
  /** Clean-ups, their undoing and what others than the owners took out are read from their records. */
  readonly kind: 'clean-up' | 'undone' | 'moderator' | 'list' | 'operator';
  /** By how much the count of people changed; what did not count is not in it. */
  readonly change: number | null;
  /** The same of organisations. */
  readonly organisations: number;
  readonly texts: { readonly [L in Locale]: string };
};

/** Publishes a correction; it cannot be changed afterwards. Throws `invalid-input`. */
export async function writeCorrection(
  k: Kernel,
  { by, ...input }: z.input<typeof correctionSchema> & { by: string },
): Promise<void> {
  const { happenedOn, en, de, change = null } = checkFields(correctionSchema, input);
  await inTx(k, async (t) => {
    const id = t.ids.id();
    await insertCorrection(t.db, { id, happenedOn, texts: { en, de }, change, writtenAt: t.clock.now(), by });
    const subject = `correction:${id}`;
    await recordActivity(t, { actor: by, action: 'campaign.correction-written', subject });
  });
}

/**
 * All corrections, newest first: clean-ups and their undoing, as far as they were about signatures that counted; what
 * moderators took out and lists that ended, a line a day; and what operators wrote. At most 500.
 */
export async function listCorrections(k: Kernel): Promise<Correction[]> {
  const all = [
    ...(await listCleanUps(k)).flatMap(ofCleanUp),
    ...(await selectRemovals(k.db, 200)).map(ofRemoval),
    ...(await selectCorrections(k.db, 100)).map(
      ({ id, happenedOn, change, texts }): Correction => ({
        id,
        at: new Date(`${happenedOn}T00:00:00Z`),
        kind: 'operator',
        change,
        organisations: 0,
        texts,
      }),
    ),
  ];
  return all.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
}

/** Zero has no sign. */
const minus = (n: number) => 0 - n;

function ofCleanUp({ id, reason, counted, doneAt, undone }: CleanUp): Correction[] {
  const line = (
    about: Pick<Correction, 'id' | 'kind' | 'at'>,
    { people, organisations }: CleanUp['counted'],
    signed: (n: number) => number,
    text: string,
  ): Correction[] =>
    people + organisations === 0
      ? []
      : [
          {
            ...about,
            change: signed(people),
            organisations: signed(organisations),
            texts: { en: text, de: text },
          },
        ];
  return [
    ...line({ id, kind: 'clean-up', at: doneAt }, counted, minus, reason),
    ...(undone
      ? line({ id: `${id}-undone`, kind: 'undone', at: undone.at }, undone.counted, (n) => n, undone.reason)
      : []),
  ];
}

function ofRemoval({ day, kind, people, organisations, at }: Removal): Correction {
  return {
    id: `${kind}-${day}`,
    at,
    kind,
    change: minus(people),
    organisations: minus(organisations),
    texts: { en: spreadText('en').removed[kind], de: spreadText('de').removed[kind] },
  };
}
