import {
  KEEP_INVALIDATED_MS,
  KEEP_NETWORK_MS,
  KEEP_PENDING_MS,
  KEEP_SUPPRESSION_MS,
  KEEP_WITHDRAWN_MS,
} from './model.ts';
import { KEEP_DRAFT_MS } from './roster/model.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** How long the campaign keeps things, for texts: in days and years, from the numbers by which it forgets. */
export const RETENTION = {
  pendingDays: KEEP_PENDING_MS / DAY,
  withdrawnYears: KEEP_WITHDRAWN_MS / YEAR,
  suppressionYears: KEEP_SUPPRESSION_MS / YEAR,
  invalidatedYears: KEEP_INVALIDATED_MS / YEAR,
  networkDays: KEEP_NETWORK_MS / DAY,
  listDays: KEEP_DRAFT_MS / DAY,
};
