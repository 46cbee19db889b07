import type { Kernel } from '../../kernel/index.ts';
import type { SignatoryRow } from '../store.ts';
import { addRemoval, type Removal } from './store-removals.ts';

/** Notes for the log of corrections that signatures were taken out by others than their owners; what did not count is none. */
export async function noteRemoval(
  t: Kernel,
  kind: Removal['kind'],
  gone: readonly Pick<SignatoryRow, 'kind' | 'state'>[],
): Promise<void> {
  const counted = gone.filter(({ state }) => state === 'confirmed');
  const people = counted.filter((one) => one.kind === 'person').length;
  const organisations = counted.length - people;
  const at = t.clock.now();
  if (counted.length > 0)
    await addRemoval(t.db, { day: at.toISOString().slice(0, 10), kind, people, organisations, at });
}
