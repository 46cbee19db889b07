import { matchPath, normalisePath } from '@clearway/rsl';
import type { Kernel } from '../../kernel/index.ts';
import { siteChannels } from '../../offers/index.ts';
import type { Site } from '../../sites/index.ts';
import type { Agreement, AgreementWork } from '../model.ts';
import { selectCovered } from '../store-agreements.ts';
import { type AskedLicense, isPriceOfOne, sameLicense } from './match-license.ts';
import { offeredFor, onReadySite } from './offered.ts';

type About = {
  readonly site: Site;
  readonly licenseeId: string;
  readonly resource: string;
  readonly asked: AskedLicense;
};

/**
 * The agreement in force that covers a resource for the use and unit asked for. Terms may have changed since it was made,
 * and works may have been withdrawn: what it pinned still holds, and either the old or the new licence may be named.
 */
export async function findCover(
  t: Kernel,
  { site, licenseeId, resource, asked }: About,
): Promise<{ agreement: Agreement; work: AgreementWork } | undefined> {
  const now = t.clock.now();
  const all = await selectCovered(t.db, { licenseeId, use: asked.use, now });
  const covering = all.filter(
    ({ agreement, work }) =>
      agreement.unit === asked.unit && work.urls.some((url) => reaches(site, url, resource)),
  );
  const pinned = covering.find(({ agreement, work }) => isPinned(asked, agreement, work));
  if (pinned || covering.length === 0) return pinned;
  const offered = await onReadySite(async () => offeredFor(await siteChannels(t, site.id), resource));
  const known = offered?.licenses.some((one) => sameLicense(one, asked.license)) ?? false;
  return known ? covering.find(({ work }) => work.workId === offered?.standing.workId) : undefined;
}

function isPinned(asked: AskedLicense, agreement: Agreement, work: AgreementWork): boolean {
  return asked.currency === agreement.currency && !work.free && isPriceOfOne(asked.decimal, work);
}

/** A work registered at a folder is all that lies below it; at any other address, that one page. */
function reaches(site: Site, url: string, resource: string): boolean {
  if (!URL.canParse(url)) return false;
  const { host, pathname, search } = new URL(url);
  if (host !== site.host) return false;
  const path = normalisePath(`${pathname}${search}`).replaceAll('*', '%2A').replaceAll('$', '%24');
  const pattern = path.endsWith('/') ? path : `${path}$`;
  return (
    resource === pattern ||
    (!resource.endsWith('$') && !resource.includes('*') && matchPath(pattern, resource))
  );
}
