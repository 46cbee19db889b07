import { createRouter, type Router } from '../kernel/index.ts';
import { checksPage } from './checks/checks-page.tsx';
import { closedPage } from './declaration/closed-page.tsx';
import { versionPages } from './declaration/version-pages.tsx';
import { cleanUpPages } from './floods/clean-up-pages.tsx';
import { floodPages } from './floods/flood-pages.tsx';
import { bodiesPage } from './handover/bodies-page.tsx';
import { goOnPage } from './handover/go-on-page.tsx';
import { goalPages } from './mailings/goal-pages.tsx';
import { mailingPages } from './mailings/mailing-pages.tsx';
import { returnPages } from './mailings/return-pages.tsx';
import { managePages } from './own/manage-pages.tsx';
import { declarationPages } from './pages/declaration-pages.tsx';
import { deskPage } from './pages/desk-page.tsx';
import { entryPages } from './pages/entry-pages.tsx';
import { queuePage } from './pages/queue-page.tsx';
import { areaPages } from './partners/area-pages.tsx';
import { logoPages } from './partners/logo-pages.tsx';
import { moderatorPages } from './partners/moderator-pages.tsx';
import { partnerDeskPages } from './partners/partner-desk-pages.tsx';
import { invitationPages } from './roster/invitation-pages.tsx';
import { peoplePage } from './roster/people-page.tsx';
import { rosterDesk } from './roster/roster-desk-pages.tsx';
import { rosterPage } from './roster/roster-page.tsx';
import { rosterPages } from './roster/roster-pages.tsx';
import { confirmPage } from './signing/confirm-page.tsx';
import { signPage } from './signing/sign-page.tsx';
import { widgetPages } from './signing/widget-pages.tsx';
import { correctionPages } from './spread/correction-pages.tsx';
import { pressPages } from './spread/press-pages.tsx';
import { sharePages } from './spread/share-pages.tsx';
import { wallPage } from './wall/wall-page.tsx';

export { signatureSection } from './own/account-section.tsx';
export { moderatorSection } from './partners/moderator-section.tsx';

/** The public face: home, declaration, sign, confirm, one's own signature, wall; the operator's: floods and clean-ups. */
export function campaignPages(): Router {
  const router = createRouter();
  const pages = [
    closedPage(),
    declarationPages(),
    signPage(),
    widgetPages(),
    sharePages(),
    pressPages(),
    correctionPages(),
    areaPages(),
    logoPages(),
    moderatorPages(),
    partnerDeskPages(),
    confirmPage(),
    managePages(),
    wallPage(),
    floodPages(),
    cleanUpPages(),
    deskPage(),
    checksPage(),
    versionPages(),
    queuePage(),
    bodiesPage(),
    goOnPage(),
    entryPages(),
    rosterPages(),
    peoplePage(),
    rosterPage(),
    rosterDesk(),
    invitationPages(),
    mailingPages(),
    goalPages(),
    returnPages(),
  ];
  for (const page of pages) router.route('/', page);
  return router;
}
