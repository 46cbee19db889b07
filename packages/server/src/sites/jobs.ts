import type { JobHandler } from '../kernel/index.ts';
import { FIND_EXCLUDED, findAllExcluded, findExcludedPages } from './find-excluded-pages.ts';
import { RECHECK_SITE, recheckSite, recheckSites } from './recheck-sites.ts';

/** Looks at proven sites again: one round a day, each site once a week; pages with marks of others once a day. */
export const sitesJobs: JobHandler[] = [
  { kind: 'sites.recheck', everyMs: 86_400_000, handle: (k) => recheckSites(k) },
  { kind: RECHECK_SITE, maxAttempts: 3, handle: (k, job) => recheckSite(k, String(job.payload.siteId)) },
  { kind: 'sites.find-all-excluded', everyMs: 86_400_000, handle: (k) => findAllExcluded(k) },
  {
    kind: FIND_EXCLUDED,
    maxAttempts: 3,
    handle: (k, job) => findExcludedPages(k, String(job.payload.siteId)),
  },
];
