import { createRouter, type ProblemDefinition, type Router } from '../kernel/index.ts';
import { companiesPages } from './companies/pages.ts';
import { facesPage } from './faces/faces-page.tsx';
import { licensingHome } from './faces/licensing-home.tsx';
import { welcomePage } from './faces/welcome-page.tsx';
import { legalEditPages } from './legal/edit-pages.tsx';
import { legalRoutes } from './legal/routes.ts';
import { textPages } from './legal/text-pages.tsx';
import { legalPages } from './legal-pages.tsx';
import type { Counter } from './numbers.ts';
import { numbersPage } from './numbers-page.tsx';
import { operatorPages } from './operator-pages.tsx';
import { setupPage } from './setup-page.tsx';
import { unsubscribePage } from './unsubscribe-page.tsx';

/** The pages that belong to no one module: operator, numbers, legal. */
export function portalPages(options: {
  problems: readonly ProblemDefinition[];
  counters: readonly Counter[];
}): Router {
  const router = createRouter();
  router.route('/', licensingHome());
  router.route('/', welcomePage());
  router.route('/', facesPage());
  router.route('/', setupPage());
  router.route('/', operatorPages());
  router.route('/', legalPages(options.problems));
  router.route('/', textPages());
  router.route('/', legalEditPages());
  router.route('/', legalRoutes());
  router.route('/', unsubscribePage());
  router.route('/', numbersPage(options.counters));
  router.route('/', companiesPages());
  return router;
}
