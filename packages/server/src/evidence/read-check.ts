import type { Kernel } from '../kernel/index.ts';
import { amountFor, type Entitlement, entitlements, MAX_ENTITLEMENTS } from '../licensing/index.ts';
import type { Unit } from '../offers/index.ts';
import { rightsOf } from '../works/index.ts';
import { type DatasetCheck, type Hit, STATES, type WorkHits } from './model.ts';
import { failEvidence } from './problems.ts';
import { selectCheck, selectChecks, selectHits, selectWorkHits } from './store-checks.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A work that matches, and what it is to the one who asks, now. */
export type CheckedWork = WorkHits & { readonly title: string; readonly entitlement: Entitlement };

/** What licences for everything that can be licensed cost, by unit: one unit of each work. */
export type Cost = {
  readonly unit: Unit;
  readonly currency: string;
  readonly works: number;
  readonly amountMicro: bigint;
};

export type CheckResult = {
  readonly check: DatasetCheck;
  readonly works: readonly CheckedWork[];
  readonly counts: { readonly [S in (typeof STATES)[number]]: number };
  readonly costs: readonly Cost[];
};

/** The dataset checks a party handed in, newest first. */
export function listChecks(k: Kernel, partyId: string): Promise<DatasetCheck[]> {
  return selectChecks(k.db, partyId);
}

/** A dataset check of a party. Throws `check-unknown`, also for somebody else's. */
export async function requireCheck(
  k: Kernel,
  { checkId, partyId }: { checkId: string; partyId: string },
): Promise<DatasetCheck> {
  const check = UUID.test(checkId) ? await selectCheck(k.db, checkId) : undefined;
  if (check?.partyId !== partyId) throw failEvidence('check-unknown');
  return check;
}

/**
 * A dataset check with every work that matches and what it is to the party now: licensed, licensable at a price, reserved,
 * on hold, unknown. Nothing of it is stored. Throws `check-unknown`, `instance-not-set-up`.
 */
export async function readCheck(
  k: Kernel,
  asked: { checkId: string; partyId: string },
): Promise<CheckResult> {
  const check = await requireCheck(k, asked);
  const found = await selectWorkHits(k.db, check.id);
  const works: CheckedWork[] = [];
  for (let from = 0; from < found.length; from += MAX_ENTITLEMENTS) {
    works.push(...(await entitled(k, check, found.slice(from, from + MAX_ENTITLEMENTS))));
  }
  const order = (state: Entitlement['state']) => STATES.indexOf(state);
  works.sort((a, b) => order(a.entitlement.state) - order(b.entitlement.state));
  const counted = STATES.map((state) => [
    state,
    works.filter(({ entitlement }) => entitlement.state === state).length,
  ]);
  return { check, works, counts: Object.fromEntries(counted), costs: costsOf(works) };
}

async function entitled(
  k: Kernel,
  { partyId, use }: DatasetCheck,
  found: readonly WorkHits[],
): Promise<CheckedWork[]> {
  const workIds = found.map(({ workId }) => workId);
  const rights = await rightsOf(k, workIds);
  const answers = await entitlements(k, { licenseeId: partyId, use, workIds });
  return found.map((one, i) => ({
    ...one,
    title: rights.get(one.workId)?.work.title ?? '',
    entitlement: answers[i]!,
  }));
}

function costsOf(works: readonly CheckedWork[]): Cost[] {
  const costs = new Map<string, Cost>();
  for (const { entitlement } of works) {
    const { state, price } = entitlement;
    if (state !== 'licensable' || !price) continue;
    const { unit, currency } = price;
    const before = costs.get(`${unit} ${currency}`);
    costs.set(`${unit} ${currency}`, {
      unit,
      currency,
      works: (before?.works ?? 0) + 1,
      amountMicro: (before?.amountMicro ?? 0n) + amountFor(price, 1n),
    });
  }
  return [...costs.values()];
}

/** Every hit of a check in its order, read in pieces. */
export async function* hitsOf(k: Kernel, checkId: string): AsyncGenerator<Hit> {
  const PIECE = 2_000;
  for (let from = 0; ; from += PIECE) {
    const hits = await selectHits(k.db, checkId, { from, limit: PIECE });
    yield* hits;
    if (hits.length < PIECE) return;
  }
}
