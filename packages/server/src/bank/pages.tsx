import { createRouter, type Router } from '../kernel/index.ts';
import { accountPage } from './pages/account-page.tsx';

/** The operator's bank for people. */
export function bankPages(): Router {
  const router = createRouter();
  router.route('/', accountPage());
  return router;
}
