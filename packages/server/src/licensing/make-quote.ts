import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { cleanLine, inTx, type Kernel, Problem, requireInstance } from '../kernel/index.ts';
import { readStanding, type Standing, UNITS_OF } from '../offers/index.ts';
import { requireWork } from '../works/index.ts';
import {
  type Exclusion,
  LICENSED_UNITS,
  LICENSED_USES,
  MAX_WORKS,
  priceOrReason,
  QUOTE_MS,
  type Quote,
  type QuoteDetail,
  type QuoteLine,
} from './model.ts';
import { failLicensing } from './problems.ts';
import { insertQuote, selectDenials } from './store.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in lower-case hexadecimal digits');

export const modelScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('named'), name: cleanLine(200) }),
  z.strictObject({ kind: z.literal('sealed'), commitment: sha256 }),
]);

export const quoteSchema = z.strictObject({
  workIds: z.array(z.string().min(1).max(100)).min(1).max(MAX_WORKS),
  use: z.enum(LICENSED_USES),
  unit: z.enum(LICENSED_UNITS),
  modelScope: modelScopeSchema.nullable().default(null),
  months: z.int().min(1).max(60).default(12),
});

export type QuoteInput = z.output<typeof quoteSchema> & {
  readonly licenseeId: string;
  /** `user:<id>` or `client:<id>`. */
  readonly askedBy: string;
};

/**
 * What works cost for one use and unit, for 14 days: a line for each that can be licensed, and for each that cannot the
 * reason. Nothing is promised yet. Throws `unit-not-for-license`, `model-scope-needed`, `instance-not-set-up`.
 */
export async function quote(k: Kernel, input: QuoteInput): Promise<QuoteDetail> {
  const { licenseeId, use, unit, modelScope, months, askedBy } = input;
  if (!UNITS_OF[use].includes(unit))
    throw failLicensing('unit-not-for-license', { detail: `${use}, ${unit}` });
  if (unit === 'model-version' && modelScope === null) throw failLicensing('model-scope-needed');
  return inTx(k, async (t) => {
    const { currency } = await requireInstance(t);
    const lines: QuoteLine[] = [];
    const exclusions: Exclusion[] = [];
    for (const workId of new Set(input.workIds)) {
      const found = await quoteWork(t, { workId, licenseeId, use, unit, currency });
      if ('line' in found) lines.push(found.line);
      else exclusions.push(found.exclusion);
    }
    const createdAt = t.clock.now();
    const made: Quote = {
      id: t.ids.id(),
      licenseeId,
      use,
      unit,
      modelScope: unit === 'model-version' ? modelScope : null,
      months,
      currency,
      askedBy,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + QUOTE_MS),
      acceptedAt: null,
    };
    await insertQuote(t.db, made, lines, exclusions);
    const actor = askedBy.startsWith('user:') ? askedBy.slice('user:'.length) : 'system';
    await recordActivity(t, { actor, action: 'licensing.quoted', subject: `quote:${made.id}` });
    return { ...made, lines, exclusions, agreementId: undefined };
  });
}

type Asked = { licenseeId: string; use: Quote['use']; unit: Quote['unit']; currency: string };

/** The line of one work as it stands now, or why there is none. */
export async function quoteWork(
  k: Kernel,
  { workId, licenseeId, use, unit, currency }: Asked & { workId: string },
): Promise<{ line: QuoteLine; standing: Standing } | { exclusion: Exclusion }> {
  const title = await titleOf(k, workId);
  if (title === undefined) return { exclusion: { workId, title: '', reason: 'work-unknown' } };
  const standing = await readStanding(k, workId);
  const holders = standing.holders.map(({ partyId }) => partyId);
  const denied = (await selectDenials(k.db, licenseeId, holders)).length > 0;
  const found = priceOrReason(standing, { use, unit, currency, denied });
  if ('reason' in found || !standing.inForce) {
    return { exclusion: { workId, title, reason: 'reason' in found ? found.reason : 'no-terms' } };
  }
  const { id, version, sha256 } = standing.inForce;
  return {
    standing,
    line: { workId, title, offerId: id, offerVersion: version, offerSha256: sha256, ...found.price },
  };
}

/** What people ask for may be anything; an unknown work is an exclusion, not a failure. */
async function titleOf(k: Kernel, workId: string): Promise<string | undefined> {
  try {
    return (await requireWork(k, workId)).title;
  } catch (error) {
    if (error instanceof Problem && error.code === 'work-unknown') return undefined;
    throw error;
  }
}
