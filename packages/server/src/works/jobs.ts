import type { JobHandler } from '../kernel/index.ts';
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
];
