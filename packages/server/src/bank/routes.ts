import type { Router } from '../kernel/index.ts';
import { createRouter } from '../kernel/index.ts';
import { accountRoutes } from './api/account-routes.ts';

/** The operator's bank for programs. */
export function bankRoutes(): Router {
  const router = createRouter();
  router.route('/', accountRoutes());
  return router;
}
