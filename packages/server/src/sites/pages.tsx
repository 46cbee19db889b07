import { createRouter, type Router } from '../kernel/index.ts';
import { type BundleKeys, gatePages } from './pages/gate-pages.tsx';
import { reviewPages } from './pages/review-pages.tsx';
import { sitePages } from './pages/site-pages.tsx';

/** Pages: my sites, one site, its gates, and the moderator's queue. */
export function sitesPages({ bundleKeys }: { bundleKeys: BundleKeys }): Router {
  const router = createRouter();
  router.route('/', sitePages());
  router.route('/', gatePages(bundleKeys));
  router.route('/', reviewPages());
  return router;
}
