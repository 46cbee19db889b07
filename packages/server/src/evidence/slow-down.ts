import { failCommon, type Kernel } from '../kernel/index.ts';
import { EVIDENCE_LIMIT } from './model.ts';

/** Reports and cases are large; nobody needs hundreds an hour. Throws `too-many-requests`. */
export function slowDown(k: Kernel, partyId: string): void {
  const wait = k.limits.take(EVIDENCE_LIMIT, partyId);
  if (wait > 0) {
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
  }
}
