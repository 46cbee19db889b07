import type { Kernel } from '../../kernel/index.ts';
import { selectChecks } from '../checks/store-checks.ts';
import { type Check, foldForSearch, type PublicSignatory } from '../model.ts';
import { fail } from '../problems.ts';
import {
  type Counted,
  countChecks,
  countConfirmed,
  selectFeatured,
  selectWall,
  type WallPosition,
} from './store-wall.ts';
import type { CheckFilter, WallFilter } from './wall-filter.ts';

/** How many people count as signatories: each one confirmed by the owner of the mailbox. Organisations are not in it. */
export async function signatureCount(k: Kernel): Promise<number> {
  return (await countConfirmed(k.db)).confirmed;
}

/**
 * One page of the public list. `next` and `previous` lead to the pages beside it. `count` are people, of whom `hidden` show
 * no name; `organisations` are counted for themselves.
 */
export type SignatoryPage = {
  readonly count: number;
  readonly hidden: number;
  readonly organisations: number;
  readonly signatories: readonly PublicSignatory[];
  readonly next: string | undefined;
  readonly previous: string | undefined;
};

/**
 * The public list, newest first, 1 to 500 a page. `q` looks for a part of the name and `affiliation` for a part of what
 * stands beside it, whatever their case and marks; `after` is `next` of another page, `before` its `previous`. Count and list
 * are read from the same rows. Throws `wall-page-unknown`.
 */
export async function listSignatories(
  k: Kernel,
  about: WallFilter & { readonly after?: string; readonly before?: string; readonly limit: number },
): Promise<SignatoryPage> {
  const { after, before, q, affiliation, limit: asked, ...filter } = about;
  const limit = Math.min(Math.max(Math.trunc(asked), 1), 500);
  const folded = {
    ...filter,
    q: q && foldForSearch(q.slice(0, 200)),
    affiliation: affiliation?.slice(0, 200),
  };
  const edge = before ? { before: readPosition(before) } : after ? { after: readPosition(after) } : {};
  const found = await selectWall(k.db, folded, edge, limit + 1);
  const more = found.length > limit;
  const page = before ? found.slice(-limit) : found.slice(0, limit);
  const [first, last] = [page[0], page.at(-1)];
  const { confirmed, hidden, organisations } = await countConfirmed(k.db);
  return {
    count: confirmed,
    hidden,
    organisations,
    signatories: page,
    // Where one comes from there is something.
    next: last && (before || more) ? positionOf(last) : undefined,
    previous: first && (before ? more : after) ? positionOf(first) : undefined,
  };
}

/** The featured with their checks by method and date, latest first. */
export async function listFeatured(
  k: Kernel,
  limit: number,
): Promise<readonly (PublicSignatory & { readonly checks: readonly Check[] })[]> {
  const featured = await selectFeatured(k.db, limit);
  if (featured.length === 0) return [];
  const checks = await selectChecks(
    k.db,
    featured.map(({ id }) => id),
  );
  return featured.map((one) => ({ ...one, checks: checks.get(one.id) ?? [] }));
}

type CheckCounts = { readonly [check in CheckFilter]: number };

/** Every page of the wall shows these numbers, and of 200,000 names they cost more than the page. */
const REMEMBER_MS = 20_000;
const remembered = new WeakMap<object, { readonly counts: Promise<CheckCounts>; readonly until: number }>();

/** How many entries of the wall each check finds, at most twenty seconds ago. */
export function checkCounts(k: Kernel): Promise<CheckCounts> {
  const now = k.clock.now().getTime();
  const known = remembered.get(k.site);
  if (known && now < known.until) return known.counts;
  const counts = countChecks(k.db);
  remembered.set(k.site, { counts, until: now + REMEMBER_MS });
  counts.catch(() => remembered.delete(k.site));
  return counts;
}

/** People, organisations, and how many entries of the wall each check finds. */
export async function signatureCounts(k: Kernel): Promise<Counted & { readonly checks: CheckCounts }> {
  const [counted, checks] = [await countConfirmed(k.db), await countChecks(k.db)];
  return { ...counted, checks };
}

function positionOf({ signedAt, id }: PublicSignatory): string {
  return Buffer.from(`${signedAt.getTime()}.${id}`).toString('base64url');
}

function readPosition(text: string): WallPosition {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  if (!match || !uuid.test(match[2]!)) throw fail('wall-page-unknown');
  const at = new Date(Number(match[1]));
  if (Number.isNaN(at.getTime())) throw fail('wall-page-unknown');
  return { at, id: match[2]! };
}
