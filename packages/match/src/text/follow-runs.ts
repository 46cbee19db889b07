import { type Block, SHINGLE } from './shingle-reader.ts';

/** Where a text lies among the words of the index, and the checks of all of them. */
export type Ground = {
  readonly checks: Uint8Array;
  readonly first: number;
  /** The last place at which a shingle of the text begins. */
  readonly last: number;
};

/** A shingle of the block and one of the index. */
export type Meeting = { readonly at: number; readonly place: number };

/**
 * What can have happened where a run breaks off, as shingles to pass over in the item and in the work: one or two words exchanged,
 * put in, left out, joined or parted; and how many checks have to agree behind it, fewer for what happens most.
 */
const DETOURS = [
  [7, 7, 3],
  [8, 8, 4],
  [7, 6, 4],
  [6, 7, 4],
  [7, 8, 4],
  [8, 7, 4],
  [8, 6, 4],
  [6, 8, 4],
] as const;
/** So many shingles beyond a break decide whether it goes on. */
export const LOOKAHEAD = SHINGLE + 1 + 4;

/** How many shingles from here on are equal as far as block and text go. */
export function equalFrom(
  { lane1, shingles }: Block,
  { checks, last }: Ground,
  { at, place }: Meeting,
): number {
  const most = Math.min(shingles - at, last + 1 - place);
  let length = 0;
  while (length < most && checkAt(checks, place + length) === (lane1[at + length]! & 15)) length++;
  return length;
}

/** How many shingles before this one are equal. */
export function equalBefore({ lane1 }: Block, { checks, first }: Ground, { at, place }: Meeting): number {
  const most = Math.min(at, place - first);
  let length = 0;
  while (length < most && checkAt(checks, place - length - 1) === (lane1[at - length - 1]! & 15)) length++;
  return length;
}

/** Where a run that differs at this shingle goes on. */
export function resumeAfter(block: Block, ground: Ground, { at, place }: Meeting): Meeting | undefined {
  for (const [inItem, inWork, enough] of DETOURS) {
    const next = { at: at + inItem, place: place + inWork };
    if (next.place <= ground.last && equalFrom(block, ground, next) >= enough) return next;
  }
  return undefined;
}

/** The last shingle of what stands before a run that begins with this shingle. */
export function resumeBefore(block: Block, ground: Ground, { at, place }: Meeting): Meeting | undefined {
  for (const [inItem, inWork, enough] of DETOURS) {
    const next = { at: at - inItem - 1, place: place - inWork - 1 };
    const behind = { at: next.at + 1, place: next.place + 1 };
    if (next.at >= 0 && next.place >= ground.first && equalBefore(block, ground, behind) >= enough)
      return next;
  }
  return undefined;
}

function checkAt(checks: Uint8Array, place: number): number {
  return (checks[place >>> 1]! >>> ((place & 1) << 2)) & 15;
}
