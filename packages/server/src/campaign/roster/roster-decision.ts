import { z } from 'zod';
import { cleanText } from '../../kernel/index.ts';

export const rosterDecisionSchema = z.object({
  outcome: z.enum(['publish', 'refuse', 'remove']),
  answer: cleanText(2_000).refine((text) => text !== '', 'must not be empty'),
});
export type RosterOutcome = z.infer<typeof rosterDecisionSchema>['outcome'];
