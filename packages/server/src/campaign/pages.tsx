import { createRouter, type Router } from '../kernel/index.ts';
import { cleanUpPages } from './pages/clean-up-pages.tsx';
import { closedPage } from './pages/closed-page.tsx';
import { confirmPage } from './pages/confirm-page.tsx';
import { declarationPages } from './pages/declaration-pages.tsx';
import { deskPage } from './pages/desk-page.tsx';
import { entryPages } from './pages/entry-pages.tsx';
import { floodPages } from './pages/flood-pages.tsx';
import { managePages } from './pages/manage-pages.tsx';
import { queuePage } from './pages/queue-page.tsx';
import { signPage } from './pages/sign-page.tsx';
import { versionPages } from './pages/version-pages.tsx';
import { wallPage } from './pages/wall-page.tsx';

export { signatureSection } from './pages/account-section.tsx';

/** The public face: home, declaration, sign, confirm, one's own signature, wall; the operator's: floods and clean-ups. */
export function campaignPages(): Router {
  const router = createRouter();
  const pages = [
    closedPage(),
    declarationPages(),
    signPage(),
    confirmPage(),
    managePages(),
    wallPage(),
    floodPages(),
    cleanUpPages(),
    deskPage(),
    versionPages(),
    queuePage(),
    entryPages(),
  ];
  for (const page of pages) router.route('/', page);
  return router;
}
