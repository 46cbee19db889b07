import { createRouter, type Router } from '../kernel/index.ts';
import { confirmPage } from './pages/confirm-page.tsx';
import { declarationPages } from './pages/declaration-pages.tsx';
import { managePages } from './pages/manage-pages.tsx';
import { signPage } from './pages/sign-page.tsx';
import { wallPage } from './pages/wall-page.tsx';

export { signatureSection } from './pages/account-section.tsx';

/** The public face: home, declaration, sign, confirm, one's own signature, wall. */
export function campaignPages(): Router {
  const router = createRouter();
  for (const page of [declarationPages(), signPage(), confirmPage(), managePages(), wallPage()])
    router.route('/', page);
  return router;
}
