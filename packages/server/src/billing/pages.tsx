import { createRouter, type Router } from '../kernel/index.ts';
import { downloads } from './pages/downloads.ts';
import { invoicePages } from './pages/invoice-pages.tsx';
import { linePage } from './pages/line-page.tsx';
import { periodPages } from './pages/period-pages.tsx';
import type { ChecklistPart } from './period-checklist.ts';

/** Month close for the operator, invoices for companies. `parts` is what later modules add to the checklist. */
export function billingPages({ parts }: { readonly parts: readonly ChecklistPart[] }): Router {
  const router = createRouter();
  for (const part of [periodPages(parts), invoicePages(), linePage(), downloads()]) router.route('/', part);
  return router;
}
