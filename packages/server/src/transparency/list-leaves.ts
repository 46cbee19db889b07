import type { Kernel } from '../kernel/index.ts';
import type { LeafInfo } from './model.ts';
import { selectLeavesOf } from './store.ts';

/** The leaves about one subject, `<kind>:<id>`, in the order in which they came to be; also erased ones. */
export async function leavesOf(k: Kernel, subject: string): Promise<LeafInfo[]> {
  return (await selectLeavesOf(k.db, subject)).map(({ salt: _, recordText: __, ...leaf }) => leaf);
}
