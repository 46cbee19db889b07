import { z } from 'zod';
import { cleanLine, type Kernel, Problem } from '../kernel/index.ts';
import { readStandings, type Standing, type Unit } from '../offers/index.ts';
import { assurancesOf } from '../parties/index.ts';
import { controlOf } from '../sites/index.ts';
import { publicWork, requireWork, searchWorks, WORK_TYPES, type Work } from '../works/index.ts';
import { LICENSED_UNITS, LICENSED_USES, type LicensedUse } from './model.ts';

/** What was checked: control of an address the work is at, and something about every holder. Never "verified". */
export const CATALOGUE_CHECKS = ['site-control', 'holders'] as const;
export type CatalogueCheck = (typeof CATALOGUE_CHECKS)[number];

const PAGE = 25;
/** Works looked at for one page at most; what is left comes with the next. */
const MOST_LOOKED_AT = 300;

export const catalogueSchema = z.object({
  use: z.enum(LICENSED_USES).default('ai-input'),
  unit: z.enum(LICENSED_UNITS).optional(),
  /** The highest price of one unit, in micro-units. */
  maxPriceMicro: z
    .string()
    .regex(/^[0-9]{1,18}$/)
    .optional(),
  type: z.enum(WORK_TYPES).optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/)
    .optional(),
  check: z.enum(CATALOGUE_CHECKS).optional(),
  q: cleanLine(200).optional(),
  /** Only this one. */
  work: z.string().max(100).optional(),
  after: z.string().max(100).optional(),
});
export type CatalogueSearch = z.output<typeof catalogueSchema>;

export type CatalogueItem = {
  readonly work: Pick<Work, 'id' | 'title' | 'type' | 'language'>;
  readonly use: LicensedUse;
  readonly free: boolean;
  readonly prices: readonly {
    readonly unit: Unit;
    readonly amountMicro: bigint;
    readonly perUnits: bigint;
  }[];
  readonly currency: string;
  readonly offer: { readonly id: string; readonly version: number; readonly sha256: string };
  readonly holders: readonly string[];
  readonly checks: readonly {
    readonly check: CatalogueCheck;
    readonly method: string;
    readonly checkedAt: Date;
  }[];
};

/**
 * Works of which a use can be licensed now, newest first. `next` continues the search; undefined at its end. A page may
 * be short, even empty, while there is a `next`.
 */
export async function searchCatalogue(
  k: Kernel,
  search: CatalogueSearch,
): Promise<{ items: CatalogueItem[]; next: string | undefined }> {
  const { q, type, language } = search;
  if (search.work !== undefined) {
    const work = await workIfKnown(k, search.work);
    const [item] = work ? await itemsOf(k, [work], search) : [];
    return { items: item ? [item] : [], next: undefined };
  }
  const items: CatalogueItem[] = [];
  let before = search.after;
  for (let looked = 0; looked < MOST_LOOKED_AT; ) {
    const works = await searchWorks(k, { q, language, before, types: type ? [type] : [] }, PAGE);
    const found = new Map((await itemsOf(k, works, search)).map((item) => [item.work.id, item]));
    for (const { id } of works) {
      looked += 1;
      before = id;
      const item = found.get(id);
      if (item) items.push(item);
      if (items.length === PAGE) return { items, next: before };
    }
    if (works.length < PAGE) return { items, next: undefined };
  }
  return { items, next: before };
}

async function workIfKnown(k: Kernel, workId: string): Promise<Work | undefined> {
  try {
    return await requireWork(k, workId);
  } catch (error) {
    if (error instanceof Problem && error.code === 'work-unknown') return undefined;
    throw error;
  }
}

/** Those of the works that the search is for, in their order. */
async function itemsOf(k: Kernel, works: readonly Work[], search: CatalogueSearch): Promise<CatalogueItem[]> {
  const standings = await readStandings(
    k,
    works.map(({ id }) => id),
  );
  const items: CatalogueItem[] = [];
  for (const work of works) {
    const standing = standings.get(work.id);
    const item = standing && (await itemOf(k, work, standing, search));
    if (item) items.push(item);
  }
  return items;
}

async function itemOf(
  k: Kernel,
  work: Work,
  standing: Standing,
  search: CatalogueSearch,
): Promise<CatalogueItem | undefined> {
  const { use } = search;
  const { inForce, effective, agreed, holders } = standing;
  const said = effective[use];
  if (!inForce || !agreed.includes(use) || (said.answer !== 'paid' && said.answer !== 'free'))
    return undefined;
  const prices = said.answer === 'free' ? [] : pricesIn(standing, search);
  if (said.answer === 'paid' && prices.length === 0) return undefined;
  const checks = await checksOf(k, work, standing);
  if (search.check !== undefined && !checks.some(({ check }) => check === search.check)) return undefined;
  const { id, title, type, language } = work;
  return {
    work: { id, title, type, language },
    use,
    free: said.answer === 'free',
    prices,
    currency: inForce.currency,
    offer: { id: inForce.id, version: inForce.version, sha256: inForce.sha256 },
    holders: holders.map(({ name }) => name),
    checks,
  };
}

function pricesIn(
  standing: Standing,
  { use, unit, maxPriceMicro }: CatalogueSearch,
): CatalogueItem['prices'] {
  const said = standing.effective[use];
  if (said.answer !== 'paid') return [];
  return said.prices
    .map((one) => ({
      unit: one.unit,
      amountMicro: BigInt(one.amountMicro),
      perUnits: BigInt(one.perUnits),
    }))
    .filter((one) => unit === undefined || one.unit === unit)
    .filter((one) => maxPriceMicro === undefined || one.amountMicro <= BigInt(maxPriceMicro) * one.perUnits);
}

async function checksOf(k: Kernel, work: Work, { holders }: Standing): Promise<CatalogueItem['checks']> {
  const checks: CatalogueItem['checks'][number][] = [];
  const { manifestations } = await publicWork(k, work.id);
  for (const url of manifestations.flatMap((one) => one.url ?? [])) {
    for (const { partyId } of holders) {
      const control = await controlAt(k, partyId, url);
      if (!control || control.excluded || control.contested) continue;
      checks.push({ check: 'site-control', method: control.method, checkedAt: control.checkedAt });
    }
  }
  const newest = await Promise.all(
    holders.map(async ({ partyId }) => (await assurancesOf(k, partyId)).at(-1)),
  );
  const oldest = newest.reduce(
    (a, b) => (a && b ? (a.checkedAt <= b.checkedAt ? a : b) : undefined),
    newest[0],
  );
  if (oldest) checks.push({ check: 'holders', method: oldest.method, checkedAt: oldest.checkedAt });
  return checks;
}

/** Works may be at addresses that cannot be sites, such as one with a port; nothing was checked there. */
async function controlAt(k: Kernel, partyId: string, url: string) {
  try {
    return await controlOf(k, { partyId, url });
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
