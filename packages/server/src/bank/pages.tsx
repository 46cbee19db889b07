import { createRouter, type Router } from '../kernel/index.ts';
import { accountPage } from './pages/account-page.tsx';
import { bankPage } from './pages/bank-page.tsx';
import { entryPage } from './pages/entry-page.tsx';
import { paymentsPage } from './pages/payments-page.tsx';

/** The operator's bank for people. */
export function bankPages(): Router {
  const router = createRouter();
  for (const part of [accountPage(), bankPage(), entryPage(), paymentsPage()]) router.route('/', part);
  return router;
}
