import type { Kernel } from '../kernel/index.ts';
import { type ModelScope, type QuoteDetail, quote } from '../licensing/index.ts';
import type { Unit } from '../offers/index.ts';
import { failEvidence } from './problems.ts';
import { readCheck } from './read-check.ts';

/** As many works as one quote takes. */
const MAX_QUOTED = 500;

/**
 * A quote for the works of a dataset check that can be licensed in a unit, up to 500; licensed ones then are no longer among
 * them, so that the next quote is for the rest. Throws `check-unknown`, `check-nothing-to-license`, and as `quote` does.
 */
export async function quoteCheck(
  k: Kernel,
  input: {
    checkId: string;
    partyId: string;
    askedBy: string;
    unit: Unit;
    months: number;
    modelScope: ModelScope | null;
  },
): Promise<QuoteDetail> {
  const { checkId, partyId, askedBy, unit, months, modelScope } = input;
  const { check, works } = await readCheck(k, { checkId, partyId });
  const workIds = works
    .filter(({ entitlement }) => entitlement.state === 'licensable' && entitlement.price?.unit === unit)
    .map(({ workId }) => workId)
    .slice(0, MAX_QUOTED);
  if (workIds.length === 0) throw failEvidence('check-nothing-to-license');
  return quote(k, { licenseeId: partyId, askedBy, workIds, use: check.use, unit, months, modelScope });
}
