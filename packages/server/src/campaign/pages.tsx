import { createRouter, type Router } from '../kernel/index.ts';
import { checksPage } from './checks/checks-page.tsx';
import { closedPage } from './declaration/closed-page.tsx';
import { declarationPages } from './declaration/declaration-pages.tsx';
import { versionPages } from './declaration/version-pages.tsx';
import { deskPage } from './desk/desk-page.tsx';
import { queuePage } from './desk/queue-page.tsx';
import { cleanUpPages } from './floods/clean-up-pages.tsx';
import { floodPages } from './floods/flood-pages.tsx';
import { bodiesPage } from './handover/bodies-page.tsx';
import { goOnPage } from './handover/go-on-page.tsx';
import { goalPages } from './mailings/goal-pages.tsx';
import { mailingPages } from './mailings/mailing-pages.tsx';
import { returnPages } from './mailings/return-pages.tsx';
import { areaPages } from './partners/area-pages.tsx';
import { logoPages } from './partners/logo-pages.tsx';
import { moderatorPages } from './partners/moderator-pages.tsx';
import { partnerDeskPages } from './partners/partner-desk-pages.tsx';
import { widgetPages } from './partners/widget-pages.tsx';
import { invitationPages } from './roster/invitation-pages.tsx';
import { peoplePage } from './roster/people-page.tsx';
import { rosterDesk } from './roster/roster-desk-pages.tsx';
import { rosterPage } from './roster/roster-page.tsx';
import { rosterPages } from './roster/roster-pages.tsx';
import { confirmPage } from './signing/confirm-page.tsx';
import { managePages } from './signing/manage-pages.tsx';
import { signPage } from './signing/sign-page.tsx';
import { correctionPages } from './spread/correction-pages.tsx';
import { pressPages } from './spread/press-pages.tsx';
import { sharePages } from './spread/share-pages.tsx';
import { entryPages } from './wall/entry-pages.tsx';
import { wallPage } from './wall/wall-page.tsx';

export { signatureSection } from './pages/account-section.tsx';
export { moderatorSection } from './pages/moderator-section.tsx';

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
