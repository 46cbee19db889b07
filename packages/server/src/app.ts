import { formatVerifierKey, toBase64 } from '@clearway/protocol';
import { bankChecks, bankMigrations, bankProblems } from './bank/index.ts';
import { bankPages } from './bank/pages.tsx';
import { bankRoutes } from './bank/routes.ts';
import {
  billingChecks,
  billingMigrations,
  billingProblems,
  billingSubscribers,
  type ChecklistPart,
} from './billing/index.ts';
import { billingPages } from './billing/pages.tsx';
import { billingRoutes } from './billing/routes.ts';
import {
  campaignExporter,
  campaignJobs,
  campaignMigrations,
  campaignNumbers,
  campaignProblems,
  campaignSubscribers,
  moderatorExporter,
} from './campaign/index.ts';
import { campaignPages, moderatorSection, signatureSection } from './campaign/pages.tsx';
import { campaignRoutes } from './campaign/routes.ts';
import {
  distributionChecklist,
  distributionChecks,
  distributionJobs,
  distributionMigrations,
  distributionProblems,
  distributionSubscribers,
} from './distribution/index.ts';
import { distributionPages } from './distribution/pages.tsx';
import { distributionRoutes } from './distribution/routes.ts';
import {
  evidenceChecks,
  evidenceExporter,
  evidenceMigrations,
  evidenceProblems,
  evidenceSubscribers,
} from './evidence/index.ts';
import { evidencePages } from './evidence/pages.tsx';
import { evidenceRoutes } from './evidence/routes.ts';
import {
  type AccountExporter,
  currentMembership,
  currentSession,
  currentUser,
  formGuard,
  identityJobs,
  identityMigrations,
  identityProblems,
  keptForm,
  openedFor,
  organisationsOf,
  postedForm,
  type User,
} from './identity/index.ts';
import { type AccountSection, firstThings, identityPages } from './identity/pages.tsx';
import { identityRoutes } from './identity/routes.ts';
import type {
  HttpContext,
  IntegrityCheck,
  JobHandler,
  Kernel,
  Migrations,
  ProblemDefinition,
  Pulse,
  Router,
  Subscriber,
} from './kernel/index.ts';
import {
  clientAddress,
  commonProblems,
  createMetrics,
  createRouter,
  documentsKey,
  errorHandler,
  failCommon,
  forgetDoneJobs,
  idempotency,
  instanceProblems,
  kernelMigrations,
  limitBody,
  readInstance,
  requestContext,
  sameOrigin,
  strictHeaders,
  textProblems,
} from './kernel/index.ts';
import { ledgerChecks, ledgerJobs, ledgerMigrations, ledgerProblems } from './ledger/index.ts';
import {
  licensingMigrations,
  licensingProblems,
  licensingSubscribers,
  SIGNING_PURPOSE,
} from './licensing/index.ts';
import { licensingPages } from './licensing/pages.tsx';
import { licensingRoutes, olpRoutes } from './licensing/routes.ts';
import { proofBeforeMoneyAndKeys } from './money-and-keys.ts';
import { offersFigures, offersMigrations, offersProblems, offersSubscribers } from './offers/index.ts';
import { offersPages } from './offers/pages.tsx';
import { offersRoutes } from './offers/routes.ts';
import { operationsRoutes } from './operations.ts';
import { partiesExporter, partiesMigrations, partiesProblems, partiesSubscribers } from './parties/index.ts';
import { organisationsSection, partiesPages, profileSection } from './parties/pages.tsx';
import { partiesRoutes } from './parties/routes.ts';
import {
  payoutsChecks,
  payoutsExporter,
  payoutsMigrations,
  payoutsProblems,
  payoutsSubscribers,
} from './payouts/index.ts';
import { payoutsPages } from './payouts/pages.tsx';
import { payoutsRoutes } from './payouts/routes.ts';
import {
  byFace,
  type Counter,
  companiesRoutes,
  funnelFigures,
  keysRoutes,
  moneyFigures,
  sortRooms,
} from './portal/index.ts';
import { portalPages } from './portal/pages.tsx';
import { sitesJobs, sitesMigrations, sitesProblems, sitesSubscribers } from './sites/index.ts';
import { sitesPages } from './sites/pages.tsx';
import { sitesRoutes } from './sites/routes.ts';
import {
  statementsChecklist,
  statementsChecks,
  statementsExporter,
  statementsJobs,
  statementsMigrations,
  statementsProblems,
} from './statements/index.ts';
import { statementsPages } from './statements/pages.tsx';
import { statementsRoutes } from './statements/routes.ts';
import {
  logVerifierKey,
  sequence,
  transparencyMigrations,
  transparencyPages,
  transparencyProblems,
  transparencyRoutes,
} from './transparency/index.ts';
import { usageChecks, usageJobs, usageMigrations, usageProblems } from './usage/index.ts';
import { usagePages } from './usage/pages.tsx';
import { usageRoutes } from './usage/routes.ts';
import { browserModules, type Chrome, problemPage, staticFiles } from './web/index.ts';
import { worksFigures, worksJobs, worksMigrations, worksProblems, worksSubscribers } from './works/index.ts';
import { worksPages } from './works/pages.tsx';
import { worksRoutes } from './works/routes.ts';

/** The migrations of all modules, left to right: the order in which they are applied. */
export const allMigrations: readonly Migrations[] = [
  kernelMigrations,
  transparencyMigrations,
  identityMigrations,
  partiesMigrations,
  sitesMigrations,
  worksMigrations,
  ledgerMigrations,
  bankMigrations,
  offersMigrations,
  licensingMigrations,
  usageMigrations,
  evidenceMigrations,
  billingMigrations,
  distributionMigrations,
  statementsMigrations,
  payoutsMigrations,
  campaignMigrations,
];

/** Every problem the server can answer with. */
export const allProblems: readonly ProblemDefinition[] = [
  ...commonProblems,
  ...instanceProblems,
  ...textProblems,
  ...transparencyProblems,
  ...identityProblems,
  ...partiesProblems,
  ...sitesProblems,
  ...worksProblems,
  ...ledgerProblems,
  ...bankProblems,
  ...offersProblems,
  ...licensingProblems,
  ...usageProblems,
  ...evidenceProblems,
  ...billingProblems,
  ...distributionProblems,
  ...statementsProblems,
  ...payoutsProblems,
  ...campaignProblems,
];

/** Events on the left, the ordinary use cases they lead to on the right. */
export const subscribers: readonly Subscriber[] = [
  ...partiesSubscribers,
  ...sitesSubscribers,
  ...worksSubscribers,
  ...offersSubscribers,
  ...licensingSubscribers,
  ...distributionSubscribers,
  ...billingSubscribers,
  ...payoutsSubscribers,
  ...evidenceSubscribers,
  ...campaignSubscribers,
];

/** Work that runs outside requests. */
export const jobHandlers: readonly JobHandler[] = [
  forgetDoneJobs,
  ...identityJobs,
  ...sitesJobs,
  ...worksJobs,
  ...ledgerJobs,
  ...usageJobs,
  ...distributionJobs,
  ...statementsJobs,
  ...campaignJobs,
];

/** Work that must follow every commit within a second. */
export const pulses: readonly Pulse[] = [sequence];

/** The public numbers. */
export const counters: readonly Counter[] = [
  worksFigures,
  offersFigures,
  campaignNumbers,
  moneyFigures,
  funnelFigures,
];

/** What looks whether stored data still is what was written; `clearway books verify` runs them all. */
export const integrityChecks: readonly IntegrityCheck[] = [
  ...ledgerChecks,
  ...bankChecks,
  ...usageChecks,
  ...billingChecks,
  ...distributionChecks,
  ...statementsChecks,
  ...payoutsChecks,
  ...evidenceChecks,
];

/** What modules to the right of billing add to the checklist of a period. */
export const checklistParts: readonly ChecklistPart[] = [distributionChecklist, statementsChecklist];

/** What modules add to the account page, and to the export of what is kept about a person. */
export const accountSections: readonly AccountSection[] = [
  profileSection,
  organisationsSection,
  signatureSection,
  moderatorSection,
];
export const accountExporters: readonly AccountExporter[] = [
  partiesExporter,
  statementsExporter,
  payoutsExporter,
  evidenceExporter,
  campaignExporter,
  moderatorExporter,
];

/** What the gates of this instance trust. */
async function bundleKeys(k: Kernel): Promise<{ [kid: string]: string }> {
  const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  return { [kid]: toBase64(publicKey) };
}

/** What strangers check documents of this instance with. */
async function publishedKeys(k: Kernel): Promise<readonly string[]> {
  const { publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  const licensing = await formatVerifierKey(`${new URL(k.site.baseUrl).host}/licensing`, publicKey);
  return [licensing, (await documentsKey(k)).verifierKey, await logVerifierKey(k)];
}

/** The routes of all modules: documents under `/api/`, pages elsewhere; apart by the face they belong to. */
function routers(): { house: Router[]; licensing: Router[]; campaign: Router[] } {
  return {
    house: [
      identityRoutes(),
      identityPages({ sections: accountSections, exporters: accountExporters }),
      partiesRoutes(),
      partiesPages(),
      portalPages({ problems: allProblems, counters }),
      keysRoutes(publishedKeys),
      companiesRoutes(),
      staticFiles(),
      browserModules(),
      transparencyRoutes(),
      transparencyPages(),
    ],
    licensing: [
      sitesRoutes(),
      sitesPages({ bundleKeys }),
      worksRoutes({ signer: (k) => k.keys.signing(SIGNING_PURPOSE) }),
      worksPages(),
      bankRoutes(),
      bankPages(),
      offersRoutes(),
      offersPages(),
      usageRoutes(),
      usagePages(),
      billingRoutes({ parts: checklistParts }),
      billingPages({ parts: checklistParts }),
      evidenceRoutes(),
      evidencePages(),
      licensingRoutes(),
      licensingPages(),
      distributionRoutes(),
      distributionPages(),
      olpRoutes(),
      statementsRoutes(),
      statementsPages(),
      payoutsRoutes(),
      payoutsPages(),
    ],
    campaign: [campaignRoutes(), campaignPages()],
  };
}

/** Looking at another server writes only what was seen; it must not hold a transaction open while it waits. */
const LOOKS = /^\/api\/(?:sites\/[^/]+\/checks|signal-reports)$/;

const MAX_FORM_BYTES = 2_000_000;

const ABOUT = {
  openapi: '3.1.0',
  info: {
    title: 'Clearway',
    version: '0.1.0',
    description:
      'Every error is a problem document (RFC 9457) with a stable `code` and a `cure`. Any address may answer ' +
      '`malformed-body`, `unsupported-media-type`, `body-too-large`, `invalid-input`, `not-found` and ' +
      '`too-many-requests`; what else it may answer is listed there. Unsafe requests may carry an `Idempotency-Key`. ' +
      'What moves money, binds a party or makes keys also answers `step-up-required` to a session that has not proved who it is for ' +
      '15 minutes.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
};

/** The whole HTTP surface of the instance; `more` is what a demo world adds. */
export function createApp(k: Kernel, more: readonly Router[] = []): Router {
  const app = createRouter();
  const metrics = createMetrics();
  app.use(metrics.middleware);
  app.use(requestContext(k));
  app.use(async (c, next) => {
    c.set('chrome', () => chromeOf(c));
    await next();
  });
  const { house, licensing, campaign } = routers();
  app.use(byFace(sortRooms({ licensing, campaign })));
  app.use(strictHeaders(k.site.baseUrl.startsWith('https:')));
  app.use(sameOrigin(() => k.site.baseUrl));
  app.use(limitBody(MAX_FORM_BYTES, k.site.maxUploadBytes));
  app.use(formGuard());
  app.use(proofBeforeMoneyAndKeys());
  const once = idempotency(scopeOf);
  app.use('/api/*', (c, next) => (LOOKS.test(c.req.path) ? next() : once(c, next)));
  app.onError(errorHandler(firstThings(problemPage)));
  app.notFound((c) => {
    throw failCommon('not-found', { detail: c.req.path });
  });

  app.route('/', operationsRoutes(metrics));
  for (const router of [...house, ...licensing, ...campaign, ...more]) app.route('/', router);
  app.doc31('/api/openapi.json', { ...ABOUT, servers: [{ url: k.site.baseUrl }] });
  return app;
}

async function chromeOf(c: HttpContext): Promise<Chrome> {
  const k = c.get('k');
  const [found, user, face] = await Promise.all([readInstance(k), currentUser(c), c.get('face')()]);
  return {
    instance: found && (face.voice ?? { name: found.instance.name, operator: found.instance.operator.name }),
    face,
    demo: k.site.demo,
    person: user && { name: user.name, operator: user.operator },
    acting: user && (await actingOf(c, user)),
    openedFor: await openedFor(c),
    posted: await postedForm(c),
    typed: c.req.method === 'GET' ? await keptForm(c, c.req.query('kept')) : undefined,
  };
}

/** Whoever could act for others always sees for whom. */
async function actingOf(c: HttpContext, user: User): Promise<Chrome['acting']> {
  const membership = await currentMembership(c);
  if (membership) return { name: membership.name, self: false };
  const others = await organisationsOf(c.get('k'), user.id);
  return others.length === 0 ? undefined : { name: user.name, self: true };
}

/** Who is asking, for idempotency keys: the account and for whom it acts, or the network address of a stranger. */
async function scopeOf(c: HttpContext): Promise<string> {
  const session = await currentSession(c);
  if (!session) return `network:${clientAddress(c)}`;
  const { user, actingFor } = session;
  return actingFor === null ? `user:${user.id}` : `user:${user.id} for:${actingFor}`;
}
