import type { JobHandler } from '../kernel/index.ts';
import { sendSignInLinkJob } from './send-sign-in-link.ts';
import { deleteExpired } from './store.ts';
import { deleteOperatorInvitations } from './store-operators.ts';
import { deleteInvitations } from './store-organisations.ts';
import { deleteChallenges } from './store-passkeys.ts';
import { deleteKeptForms } from './store-proof.ts';

const DAY = 86_400_000;

/** Used and expired links are kept for a day, invitations for 30, so that they can say what they are. */
const forgetExpired: JobHandler = {
  kind: 'identity.forget-expired',
  everyMs: DAY / 4,
  handle: (_k, job) =>
    job.finish(async (t) => {
      const now = t.clock.now();
      await deleteExpired(t.db, now, new Date(now.getTime() - DAY));
      const expiredBefore = new Date(now.getTime() - 30 * DAY);
      await deleteInvitations(t.db, { expiredBefore });
      await deleteKeptForms(t.db, { before: now });
      await deleteChallenges(t.db, now);
      await deleteOperatorInvitations(t.db, { expiredBefore });
    }),
};

export const identityJobs: readonly JobHandler[] = [sendSignInLinkJob, forgetExpired];
