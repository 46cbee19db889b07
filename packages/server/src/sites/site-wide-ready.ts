import type { Kernel } from '../kernel/index.ts';
import { requireSite } from './require-site.ts';
import { latestProof, rivalsOf } from './store.ts';
import { latestStatement } from './store-statements.ts';
import { sweepOf } from './store-sweeps.ts';

/** Why nothing can be offered for a whole site yet. Texts are in `messages.ts`. */
export type NotReadyReason =
  | 'released'
  | 'profile'
  | 'not-proven'
  | 'proof-lapsed'
  | 'exclusions-not-stated'
  | 'marks-not-looked'
  | 'marks-incomplete'
  | 'contested';

/**
 * Whether terms for a whole site may be offered: a host, control proven and uncontested, and stated what is not hers.
 * @throws `site-not-found`
 */
export async function siteWideReady(
  k: Kernel,
  siteId: string,
): Promise<{ ready: boolean; reasons: NotReadyReason[] }> {
  const site = await requireSite(k, siteId);
  const now = k.clock.now();
  const proof = await latestProof(k.db, siteId);
  const reasons: NotReadyReason[] = [];
  if (site.releasedAt !== undefined) reasons.push('released');
  if (site.kind === 'profile') return { ready: false, reasons: [...reasons, 'profile'] };
  if (proof?.validUntil === undefined) reasons.push('not-proven');
  else if (proof.validUntil <= now) reasons.push('proof-lapsed');
  else if ((await rivalsOf(k.db, site, now)).length > 0) reasons.push('contested');
  const statement = await latestStatement(k.db, siteId);
  if (statement === undefined) reasons.push('exclusions-not-stated');
  else if (statement.exclusions.some(({ kind }) => kind !== 'path')) {
    // A mark excludes nothing until the pages that carry it are known.
    const sweep = await sweepOf(k.db, statement.id);
    if (!sweep) reasons.push('marks-not-looked');
    else if (!sweep.whole) reasons.push('marks-incomplete');
  }
  return { ready: reasons.length === 0, reasons };
}
