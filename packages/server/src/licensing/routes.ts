import { createRouter, type Router } from '../kernel/index.ts';
import { agreementRoutes } from './api/agreement-routes.ts';
import { companyRoutes } from './api/company-routes.ts';
import { entitlementRoutes } from './api/entitlement-routes.ts';
import { machineRoutes } from './api/machine-routes.ts';
import { quoteRoutes } from './api/quote-routes.ts';

export { olpRoutes } from './olp-routes.ts';

/** Everything about licences for programs, besides the license servers of the sites. */
export function licensingRoutes(): Router {
  const router = createRouter();
  for (const part of [quoteRoutes, agreementRoutes, companyRoutes, entitlementRoutes, machineRoutes])
    router.route('/', part());
  return router;
}
