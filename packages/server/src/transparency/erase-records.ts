import type { Kernel } from '../kernel/index.ts';
import { deleteRecords } from './store.ts';

/**
 * Erases records and salts of a subject for good, in the open transaction. The leaves stay in the log and stay
 * provable, but nobody can tell any more, or even guess, what they commit to. Answers how many records were erased.
 */
export function eraseRecords(t: Kernel, subject: string): Promise<number> {
  return deleteRecords(t.db, subject);
}
