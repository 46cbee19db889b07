import { createRouter, type Router } from '../kernel/index.ts';
import { batchPage } from './pages/batch-page.tsx';
import { minePage } from './pages/mine-page.tsx';
import { payoutsPage } from './pages/payouts-page.tsx';

/** `/operator/payouts`, `/operator/payouts/:id` for operators; `/payouts` for payees. */
export function payoutsPages(): Router {
  const router = createRouter();
  for (const page of [payoutsPage(), batchPage(), minePage()]) router.route('/', page);
  return router;
}
