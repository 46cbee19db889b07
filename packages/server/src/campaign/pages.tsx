import { createRouter, type Router } from '../kernel/index.ts';
import { cleanUpPages } from './pages/clean-up-pages.tsx';
import { confirmPage } from './pages/confirm-page.tsx';
import { declarationPages } from './pages/declaration-pages.tsx';
import { floodPages } from './pages/flood-pages.tsx';
import { managePages } from './pages/manage-pages.tsx';
import { signPage } from './pages/sign-page.tsx';
import { wallPage } from './pages/wall-page.tsx';

export { signatureSection } from './pages/account-section.tsx';

/** The public face: home, declaration, sign, confirm, one's own signature, wall; the operator's: floods and clean-ups. */
export function campaignPages(): Router {
  const router = createRouter();
  const pages = [
    declarationPages(),
    signPage(),
    confirmPage(),
    managePages(),
    wallPage(),
    floodPages(),
    cleanUpPages(),
  ];
  for (const page of pages) router.route('/', page);
  return router;
}
