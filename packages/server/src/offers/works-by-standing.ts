import type { Kernel } from '../kernel/index.ts';
import { readStandings } from './read-standing.ts';
import { selectWorksWithOffers } from './store.ts';
import { USES } from './terms.ts';

/** Works with published terms by what can be done with them now. */
export type WorksByStanding = {
  /** At least one AI use can be licensed. */
  readonly licensable: readonly string[];
  /** None can: refused, on request, or a consent is missing. */
  readonly reserved: readonly string[];
  /** Of the reserved ones: the terms in force say no to every AI use. */
  readonly refused: readonly string[];
};

/** So many works are looked at together. */
const BATCH = 500;

/** All works with terms in force that are not withdrawn. */
export async function worksByStanding(k: Kernel): Promise<WorksByStanding> {
  const ids = await selectWorksWithOffers(k.db);
  const [licensable, reserved, refused] = [[] as string[], [] as string[], [] as string[]];
  for (let at = 0; at < ids.length; at += BATCH) {
    for (const [id, standing] of await readStandings(k, ids.slice(at, at + BATCH))) {
      const { inForce, agreed, reasons } = standing;
      if (!inForce || reasons.some(({ code }) => code === 'withdrawn')) continue;
      if (agreed.length > 0) licensable.push(id);
      else reserved.push(id);
      if (refusesAll(inForce.terms)) refused.push(id);
    }
  }
  return { licensable, reserved, refused };
}

/** Whether terms say no to every AI use, a complete answer of its own. */
export function refusesAll(
  terms: { readonly [U in (typeof USES)[number]]: { readonly answer: string } },
): boolean {
  return USES.every((use) => use === 'search' || terms[use].answer === 'no');
}
