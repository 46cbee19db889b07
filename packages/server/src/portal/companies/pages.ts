import { createRouter, type Router } from '../../kernel/index.ts';
import { companiesPage } from './companies-page.tsx';
import { companyPage } from './company-page.tsx';
import { companyDeskPages } from './desk-pages.tsx';
import { funnelPages } from './funnel-pages.tsx';
import { impactPage } from './impact-page.tsx';
import { pledgePage } from './pledge-page.tsx';
import { replyPage } from './reply-page.tsx';

/** The pages about companies, what the campaign brought, and the funnel. */
export function companiesPages(): Router {
  const router = createRouter();
  // The pledge stands before the pages of companies, whose addresses it would fit.
  const pages = [
    companiesPage(),
    pledgePage(),
    replyPage(),
    companyPage(),
    impactPage(),
    funnelPages(),
    companyDeskPages(),
  ];
  for (const page of pages) router.route('/', page);
  return router;
}
