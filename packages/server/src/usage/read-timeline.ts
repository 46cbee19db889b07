import type { Kernel } from '../kernel/index.ts';
import {
  type About,
  type Fetch,
  type Refusal,
  selectFetches,
  selectRefusals,
  selectSealed,
} from './store-timeline.ts';

/** The most lines of one timeline. */
export const MAX_TIMELINE = 2_000;

/**
 * When a client that calls itself `agentName` was refused at a site, how often and why, with the sealed segment that says
 * so: everything that touches the period from `from` to before `to`, oldest first, at most `MAX_TIMELINE` lines and one.
 * Nobody's right to see it is asked here.
 */
export function refusalsTimeline(k: Kernel, about: About): Promise<Refusal[]> {
  return selectRefusals(k.db, about, MAX_TIMELINE + 1);
}

/** The same for fetches under a licence by a client that calls itself so, counted or faulty. */
export function fetchesTimeline(k: Kernel, about: About): Promise<Fetch[]> {
  return selectFetches(k.db, about, MAX_TIMELINE + 1);
}

/** The counted segments with these hashes, as their gates sealed them, in the order of gate and number. */
export function sealedSegments(
  k: Kernel,
  sha256s: readonly string[],
): Promise<{ gateId: string; seq: number; sha256: string; sealed: string }[]> {
  return selectSealed(k.db, sha256s);
}
