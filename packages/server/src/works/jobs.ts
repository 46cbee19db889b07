import type { JobHandler } from '../kernel/index.ts';
import { FINGERPRINT_JOB, fingerprintFiles, fingerprintMissing } from './fingerprint-files.ts';
import { remindUnanswered } from './send-invitation.ts';

/** Work of this module outside requests. */
export const worksJobs: readonly JobHandler[] = [
  {
    kind: 'works.remind-unanswered',
    everyMs: 86_400_000,
    async handle(k) {
      await remindUnanswered(k);
    },
  },
  {
    kind: FINGERPRINT_JOB,
    leaseMs: 300_000,
    handle: (k, job) => fingerprintFiles(k, String(job.payload.workId), job.finish),
  },
  {
    // What was registered before works were fingerprinted, or with an older way of doing it.
    kind: 'works.fingerprint-missing',
    everyMs: 3_600_000,
    handle: (_k, job) => job.finish(fingerprintMissing),
  },
];
