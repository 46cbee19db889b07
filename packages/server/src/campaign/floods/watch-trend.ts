import { listOperators } from '../../identity/index.ts';
import { inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import type { Alarm } from './alarm.ts';
import { isLargeDomain } from './limits.ts';
import { flushRefusals } from './note-refusal.ts';
import { queueAlarmMail } from './operator-mails.ts';
import {
  type AlarmKind,
  type AlarmRow,
  closeAlarmRow,
  type Rate,
  selectAlarms,
  selectFirstSignUp,
  selectRates,
  selectSources,
  upsertAlarm,
} from './store-floods.ts';

const MINUTE = 60_000;
/** One look covers this many minutes, and "usual" is the mean of such spans over a week. */
const LOOK_MINUTES = 10;
const USUAL_MS = 7 * 24 * 60 * MINUTE;

/** Below the floor nothing is an alarm; above it, what is so many times the usual. */
const FLOORS: { readonly [K in AlarmKind]: number } = {
  all: 300,
  network: 40,
  domain: 60,
  country: 300,
  refused: 100,
  through: 100,
};
const LARGE_DOMAIN_FLOOR = 500;
const FACTOR = 5;

/**
 * Compares the last ten minutes with the usual of the last week, by all, network, mail domain, country and who
 * signs for others, and the sign-ups asked to come back. Imports, which operators bring, are left out. Raises alarms and mails each operator once about the new ones. Answers the new ones.
 */
export async function watchTrend(k: Kernel): Promise<Alarm[]> {
  await flushRefusals(k);
  return inTx(k, async (t) => {
    const now = t.clock.now();
    const began = await selectFirstSignUp(t.db);
    const raised: AlarmRow[] = [];
    for (const rate of await highRates(t, now)) {
      const usual = usualOf(rate, began, now);
      if (rate.recent < FACTOR * usual) continue;
      const row = {
        id: t.ids.id(),
        kind: rate.kind,
        key: rate.key,
        raised_at: now,
        last_seen_at: now,
        peak: rate.recent,
        usual: usual.toFixed(2),
        minutes: LOOK_MINUTES,
      };
      if (await upsertAlarm(t.db, row)) raised.push({ ...row, closed_at: null, closed_by: null });
    }
    const alarms = raised.map(toAlarm);
    if (alarms.length > 0)
      for (const operator of await listOperators(t))
        if (operator.email) await queueAlarmMail(t, operator, alarms);
    return alarms;
  });
}

async function highRates(t: Kernel, now: Date): Promise<Rate[]> {
  const span = {
    usualFrom: new Date(now.getTime() - USUAL_MS),
    from: new Date(now.getTime() - LOOK_MINUTES * MINUTE),
    until: now,
  };
  const rates: Rate[] = [];
  for (const [kind, floor] of Object.entries(FLOORS) as [AlarmKind, number][])
    rates.push(...(await selectRates(t.db, kind, { ...span, floor })));
  return rates.filter(
    ({ kind, key, recent }) => kind !== 'domain' || !isLargeDomain(key) || recent >= LARGE_DOMAIN_FLOOR,
  );
}

/** The mean of earlier looks; a campaign younger than a week has fewer of them. */
function usualOf({ before }: Rate, began: Date | undefined, now: Date): number {
  const age = Math.min(USUAL_MS, now.getTime() - (began ?? now).getTime());
  return before / Math.max(1, age / (LOOK_MINUTES * MINUTE) - 1);
}

/** Open alarms first, then the latest closed ones, 100 at most. */
export async function listAlarms(k: Kernel): Promise<Alarm[]> {
  return (await selectAlarms(k.db, 100)).map(toAlarm);
}

/** Where most sign-ups of the last 24 hours came from; of networks, mail domains, countries and who signs for others ten each at most. */
export async function topSources(k: Kernel) {
  const from = new Date(k.clock.now().getTime() - 24 * 60 * MINUTE);
  const found = [];
  for (const kind of ['network', 'domain', 'country', 'through'] as const)
    found.push(...(await selectSources(k.db, kind, from, 10)));
  return found;
}

/** Closes an alarm somebody has dealt with; if it goes on, a new one is raised. False when none with this id is open. */
export function closeAlarm(k: Kernel, id: string, operatorId: string): Promise<boolean> {
  return closeAlarmRow(k.db, id, operatorId, k.clock.now());
}

function toAlarm(row: AlarmRow): Alarm {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    raisedAt: row.raised_at,
    lastSeenAt: row.last_seen_at,
    peak: row.peak,
    usual: Number(row.usual),
    minutes: row.minutes,
    closedAt: row.closed_at,
  };
}

/** Looks every minute. */
export const watchTrendJob: JobHandler = {
  kind: 'campaign.watch-trend',
  everyMs: MINUTE,
  async handle(k) {
    await watchTrend(k);
  },
};
