import { currentUser, identityMigrations, identityProblems } from './identity/index.ts';
import type {
  JobHandler,
  Kernel,
  Migrations,
  ProblemDefinition,
  Pulse,
  Router,
  Subscriber,
} from './kernel/index.ts';
import {
  commonProblems,
  createRouter,
  errorHandler,
  failCommon,
  instanceProblems,
  kernelMigrations,
  limitBody,
  readInstance,
  requestContext,
  sameOrigin,
  strictHeaders,
} from './kernel/index.ts';
import { partiesMigrations, partiesProblems } from './parties/index.ts';
import { sequence, transparencyMigrations } from './transparency/index.ts';
import { type Chrome, problemPage, staticFiles } from './web/index.ts';

/** The migrations of all modules, left to right: the order in which they are applied. */
export const allMigrations: readonly Migrations[] = [
  kernelMigrations,
  transparencyMigrations,
  identityMigrations,
  partiesMigrations,
];

/** Every problem the server can answer with. */
export const allProblems: readonly ProblemDefinition[] = [
  ...commonProblems,
  ...instanceProblems,
  ...identityProblems,
  ...partiesProblems,
];

/** Events on the left, the ordinary use cases they lead to on the right. */
export const subscribers: readonly Subscriber[] = [];

/** Work that runs outside requests. */
export const jobHandlers: readonly JobHandler[] = [];

/** Work that must follow every commit within a second. */
export const pulses: readonly Pulse[] = [sequence];

const MAX_FORM_BYTES = 2_000_000;

/** The whole HTTP surface of the instance. */
export function createApp(k: Kernel): Router {
  const app = createRouter();
  app.use(requestContext(k));
  app.use(async (c, next) => {
    c.set('chrome', async (): Promise<Chrome> => {
      const [found, user] = await Promise.all([readInstance(k), currentUser(c)]);
      return {
        instance: found && { name: found.instance.name, operator: found.instance.operator.name },
        demo: k.site.demo,
        person: user && { name: user.name, operator: user.operator },
      };
    });
    await next();
  });
  app.use(strictHeaders(k.site.baseUrl.startsWith('https:')));
  app.use(sameOrigin(() => k.site.baseUrl));
  app.use(limitBody(MAX_FORM_BYTES));
  app.onError(errorHandler(problemPage));
  app.notFound((c) => {
    throw failCommon('not-found', { detail: c.req.path });
  });

  app.route('/', staticFiles());
  return app;
}
