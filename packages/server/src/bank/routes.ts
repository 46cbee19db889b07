import { createRouter, type Router } from '../kernel/index.ts';
import { accountRoutes } from './api/account-routes.ts';
import { entryRoutes } from './api/entry-routes.ts';
import { paymentRoutes } from './api/payment-routes.ts';

/** The operator's bank for programs. */
export function bankRoutes(): Router {
  const router = createRouter();
  for (const part of [accountRoutes(), entryRoutes(), paymentRoutes()]) router.route('/', part);
  return router;
}
