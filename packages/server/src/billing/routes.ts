import { createRouter, type Router } from '../kernel/index.ts';
import { invoiceRoutes } from './api/invoice-routes.ts';
import { periodRoutes } from './api/period-routes.ts';
import type { ChecklistPart } from './period-checklist.ts';

/** Periods, invoices and credit notes for programs. `parts` is what later modules add to the checklist of a period. */
export function billingRoutes({ parts }: { readonly parts: readonly ChecklistPart[] }): Router {
  const router = createRouter();
  for (const part of [periodRoutes(parts), invoiceRoutes()]) router.route('/', part);
  return router;
}
