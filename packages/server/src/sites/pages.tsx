import { createRouter, type Router } from '../kernel/index.ts';
import { reviewPages } from './pages/review-pages.tsx';
import { sitePages } from './pages/site-pages.tsx';

/** Pages: my sites, one site, and the moderator's queue. */
export function sitesPages(): Router {
  const router = createRouter();
  router.route('/', sitePages());
  router.route('/', reviewPages());
  return router;
}
