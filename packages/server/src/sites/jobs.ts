import type { JobHandler } from '../kernel/index.ts';
import { RECHECK_SITE, recheckSite, recheckSites } from './recheck-sites.ts';

/** Looks at proven sites again: one round a day, each site once a week. */
export const sitesJobs: JobHandler[] = [
  { kind: 'sites.recheck', everyMs: 86_400_000, handle: (k) => recheckSites(k) },
  { kind: RECHECK_SITE, maxAttempts: 3, handle: (k, job) => recheckSite(k, String(job.payload.siteId)) },
];
