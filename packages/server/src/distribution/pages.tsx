import { createRouter, type Router } from '../kernel/index.ts';
import { runsPages } from './pages/runs-pages.tsx';
import { suspensePages } from './pages/suspense-pages.tsx';

/** The operator’s runs and suspense, and the holder’s view of what waits. */
export function distributionPages(): Router {
  const router = createRouter();
  router.route('/', runsPages());
  router.route('/', suspensePages());
  return router;
}
