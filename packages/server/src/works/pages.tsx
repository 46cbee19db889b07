import { createRouter, type Router } from '../kernel/index.ts';
import { changePages } from './pages/change-pages.tsx';
import { contestPage } from './pages/contest-page.tsx';
import { invitationPage } from './pages/invitation-page.tsx';
import { listPage } from './pages/list-page.tsx';
import { manyWorksPage } from './pages/many-works-page.tsx';
import { newWorkPage } from './pages/new-work-page.tsx';
import { operatorPage } from './pages/operator-page.tsx';
import { rightsPage } from './pages/rights-page.tsx';
import { workPage } from './pages/work-page.tsx';

/** Works, shares and invitations for people. */
export function worksPages(): Router {
  const router = createRouter();
  const pages = [
    rightsPage(),
    listPage(),
    newWorkPage(),
    manyWorksPage(),
    changePages(),
    contestPage(),
    workPage(),
    invitationPage(),
    operatorPage(),
  ];
  for (const page of pages) router.route('/', page);
  return router;
}
