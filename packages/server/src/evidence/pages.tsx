import { createRouter, type Router } from '../kernel/index.ts';
import { casePages } from './pages/case-pages.tsx';
import { checkPages } from './pages/check-pages.tsx';

/** `/dataset-checks`: what matches in a data set, and what may be done with it; `/cases`: what was seen, as evidence. */
export function evidencePages(): Router {
  const router = createRouter();
  router.route('/', checkPages());
  router.route('/', casePages());
  return router;
}
