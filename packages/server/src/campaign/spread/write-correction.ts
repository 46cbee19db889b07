import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { checkFields, cleanLine, inTx, type Kernel, type Locale } from '../../kernel/index.ts';
import { listCleanUps } from '../floods/clean-up.ts';
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
  /** Clean-ups and their undoing are read from their records. */
  readonly kind: 'clean-up' | 'undone' | 'operator';
  /** By how much the count changed; of a clean-up also sign-ups that did not count yet. */
  readonly change: number | null;
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

/** All corrections, newest first: clean-ups, their undoing, and what operators wrote. At most 300. */
export async function listCorrections(k: Kernel): Promise<Correction[]> {
  const cleanUps = await listCleanUps(k);
  const written = await selectCorrections(k.db, 100);
  const same = (text: string) => ({ en: text, de: text });
  const all: Correction[] = [
    ...cleanUps.map(({ id, reason, taken, doneAt }) => ({
      id,
      at: doneAt,
      kind: 'clean-up' as const,
      change: -taken,
      texts: same(reason),
    })),
    ...cleanUps.flatMap(({ id, undone }) =>
      undone
        ? [
            {
              id: `${id}-undone`,
              at: undone.at,
              kind: 'undone' as const,
              change: undone.restored,
              texts: same(undone.reason),
            },
          ]
        : [],
    ),
    ...written.map(({ id, happenedOn, change, texts }) => ({
      id,
      at: new Date(`${happenedOn}T00:00:00Z`),
      kind: 'operator' as const,
      change,
      texts,
    })),
  ];
  return all.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
}
