import { createRouter, type Router } from '../kernel/index.ts';
import { agreementPages } from './pages/agreement-pages.tsx';
import { cataloguePages } from './pages/catalogue-page.tsx';
import { clientPages } from './pages/client-pages.tsx';
import { namingPages } from './pages/naming-page.tsx';
import { quotePages } from './pages/quote-page.tsx';
import { refusedPages } from './pages/refused-page.tsx';

/** The pages on which licences are found, taken and looked at. */
export function licensingPages(): Router {
  const router = createRouter();
  for (const part of [cataloguePages, quotePages, agreementPages, clientPages, refusedPages, namingPages])
    router.route('/', part());
  return router;
}
