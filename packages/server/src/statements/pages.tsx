import { createRouter, type Router } from '../kernel/index.ts';
import { earningsPages } from './pages/earnings-page.tsx';
import { linePage } from './pages/line-page.tsx';
import { operatorPage } from './pages/operator-page.tsx';
import { statementPages } from './pages/statement-page.tsx';
import { verifyPages } from './pages/verify-page.tsx';

/** Earnings, statements, objections, and the page on which anyone checks a file. */
export function statementsPages(): Router {
  const router = createRouter();
  const pages = [earningsPages(), linePage(), statementPages(), operatorPage(), verifyPages()];
  for (const page of pages) router.route('/', page);
  return router;
}
