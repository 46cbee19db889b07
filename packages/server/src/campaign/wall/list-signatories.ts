import type { Kernel } from '../../kernel/index.ts';
import type { Craft } from '../../parties/index.ts';
import { foldForSearch, type PublicSignatory } from '../model.ts';
import { fail } from '../problems.ts';
import { countConfirmed, selectWall, type WallPosition } from './store-wall.ts';

/** How many people count as signatories: each one confirmed by the owner of the mailbox. Organisations are not in it. */
export async function signatureCount(k: Kernel): Promise<number> {
  return (await countConfirmed(k.db)).confirmed;
}

/** One page of the public list. `next` leads to the page after it; `hidden` people count without showing a name. */
export type SignatoryPage = {
  readonly count: number;
  readonly hidden: number;
  readonly signatories: readonly PublicSignatory[];
  readonly next: string | undefined;
};

/**
 * The public list, newest first, 1 to 500 a page. `q` looks for a part of the name, whatever its case and marks;
 * `after` is `next` of the page before. Count and list are read from the same rows. Throws `wall-page-unknown`.
 */
export async function listSignatories(
  k: Kernel,
  about: { after?: string; limit: number; craft?: Craft; country?: string; q?: string },
): Promise<SignatoryPage> {
  const { after, craft, country, q } = about;
  const limit = Math.min(Math.max(Math.trunc(about.limit), 1), 500);
  const filter = { craft, country, q: q && foldForSearch(q.slice(0, 200)) };
  const found = await selectWall(k.db, filter, after ? readPosition(after) : undefined, limit + 1);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const { confirmed, hidden } = await countConfirmed(k.db);
  return {
    count: confirmed,
    hidden,
    signatories: page,
    next: last && writePosition({ at: last.signedAt, id: last.id }),
  };
}

function writePosition({ at, id }: WallPosition): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

function readPosition(text: string): WallPosition {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  if (!match || !uuid.test(match[2]!)) throw fail('wall-page-unknown');
  const at = new Date(Number(match[1]));
  if (Number.isNaN(at.getTime())) throw fail('wall-page-unknown');
  return { at, id: match[2]! };
}
