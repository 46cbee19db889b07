import { createRouter, type Router } from '../kernel/index.ts';
import { consentPages } from './pages/consent-pages.tsx';
import { lookPages } from './pages/look-pages.tsx';
import { machinePages } from './pages/machine-pages.ts';
import { noAiPage } from './pages/no-ai-page.tsx';
import { publicPages } from './pages/public-pages.tsx';
import { sitePages } from './pages/site-pages.tsx';
import { wizardPages } from './pages/wizard-pages.tsx';

/** Pages: terms wizard, consent, look-back, public page of a work with its documents, terms of a site. */
export function offersPages(): Router {
  const router = createRouter();
  for (const part of [machinePages, publicPages, wizardPages, noAiPage, consentPages, lookPages, sitePages]) {
    router.route('/', part());
  }
  return router;
}
