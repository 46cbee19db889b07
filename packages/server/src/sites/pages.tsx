import { createRouter, type Router } from '../kernel/index.ts';
import { type BundleKeys, gatePages } from './pages/gate-pages.tsx';
import { reportPages } from './pages/report-page.tsx';
import { reviewPages } from './pages/review-pages.tsx';
import { sitePages } from './pages/site-pages.tsx';

/** Pages: my sites, one site, its gates, the moderator's queue, and what a bot sees, for anybody. */
export function sitesPages({ bundleKeys }: { bundleKeys: BundleKeys }): Router {
  const router = createRouter();
  router.route('/', sitePages());
  router.route('/', gatePages(bundleKeys));
  router.route('/', reviewPages());
  router.route('/', reportPages());
  return router;
}
