import type { Kernel } from '../kernel/index.ts';
import type { Work, WorkType } from './model.ts';
import { isId } from './read-work.ts';
import { selectWhole } from './store.ts';

/** What to look for among works; everything left out does not narrow. */
export type WorkSearch = {
  /** Part of the title. */
  readonly q?: string | undefined;
  readonly types?: readonly WorkType[] | undefined;
  /** BCP 47; `de` finds `de-AT` too. */
  readonly language?: string | undefined;
  /** The last id of the page before. */
  readonly before?: string | undefined;
};

/**
 * Works in force whose accepted shares are whole, newest first, so many at most. Whether one can be licensed depends on
 * its terms and on objections besides.
 */
export function searchWorks(k: Kernel, search: WorkSearch, limit: number): Promise<Work[]> {
  const { q = '', types = [], language = '', before } = search;
  const from = before !== undefined && isId(before) ? before : undefined;
  return selectWhole(k.db, { q, types, language, before: from, limit });
}
