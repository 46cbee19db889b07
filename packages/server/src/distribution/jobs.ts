import type { JobHandler, Subscriber } from '../kernel/index.ts';
import { advanceRun } from './advance-run.ts';
import { pinFee } from './pin-fee.ts';
import { planCredits } from './plan-credits.ts';
import { planRun } from './plan-run.ts';
import { releaseSuspense } from './release-suspense.ts';
import { selectRunsToDo, selectWorksWaiting } from './store.ts';

/** What brings runs to their end, also after a crash. */
export const distributionJobs: readonly JobHandler[] = [
  {
    kind: 'distribution.advance',
    leaseMs: 300_000,
    async handle(k, job) {
      await advanceRun(k, String(job.payload.runId));
    },
  },
  {
    kind: 'distribution.catch-up',
    everyMs: 60_000,
    leaseMs: 300_000,
    async handle(k) {
      await planCredits(k);
      for (const runId of await selectRunsToDo(k.db)) await advanceRun(k, runId);
    },
  },
];

/** Events this module follows. */
export const distributionSubscribers: readonly Subscriber[] = [
  {
    name: 'distribution.pin-fee',
    on: 'licensing.agreement-made',
    handle: (t, { agreementId }) => pinFee(t, String(agreementId)),
  },
  {
    name: 'distribution.plan-run',
    on: 'billing.invoice-paid',
    handle: async (t, { invoiceId }) => void (await planRun(t, { invoiceId: String(invoiceId) })),
  },
  {
    name: 'distribution.plan-credits',
    on: 'billing.credit-issued',
    handle: async (t) => void (await planCredits(t)),
  },
  // What had to wait for this run: credits of its lines, and answers that came while it was at them.
  {
    name: 'distribution.follow-run',
    on: 'distribution.run-posted',
    async handle(t, { runId }) {
      await planCredits(t);
      for (const workId of await selectWorksWaiting(t.db, String(runId)))
        await releaseSuspense(t, { workId });
    },
  },
  ...(['claim-accepted', 'hold-ended', 'shares-changed'] as const).map(
    (event): Subscriber => ({
      name: `distribution.release-on-${event}`,
      on: `works.${event}`,
      handle: async (t, { workId }) => void (await releaseSuspense(t, { workId: String(workId) })),
    }),
  ),
];
