import { createRouter, type Router } from '../kernel/index.ts';
import { type AccountParts, accountPage } from './pages/account-page.tsx';
import { actingChangedPage } from './pages/acting-changed-page.tsx';
import { activityPage } from './pages/activity-page.tsx';
import { addressPage } from './pages/address-page.tsx';
import { deletePage } from './pages/delete-page.tsx';
import { languageRoute } from './pages/language-route.ts';
import { linkPage } from './pages/link-page.tsx';
import { operatorInvitationPage } from './pages/operator-invitation-page.tsx';
import { operatorsPage } from './pages/operators-page.tsx';
import { passkeysPage } from './pages/passkeys-page.tsx';
import { signInPages } from './pages/sign-in-pages.tsx';
import { signUpPage } from './pages/sign-up-page.tsx';
import { stepUpPage } from './pages/step-up-page.tsx';

export type { AccountParts, AccountSection } from './pages/account-page.tsx';
export { firstThings } from './pages/sign-in-pages.tsx';

/** Signing in and out, links, the account, the activity log. */
export function identityPages(parts: AccountParts): Router {
  const router = createRouter();
  const pages = [
    signInPages(),
    signUpPage(),
    linkPage(),
    accountPage(parts),
    addressPage(),
    deletePage(),
    activityPage(),
    operatorsPage(),
    operatorInvitationPage(),
    passkeysPage(),
    stepUpPage(),
    actingChangedPage(),
    languageRoute(),
  ];
  for (const page of pages) router.route('/', page);
  return router;
}
