import { z } from '@hono/zod-openapi';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import type { Period } from './model.ts';
import { failBilling } from './problems.ts';
import {
  closedTo,
  deleteOpen,
  insertPeriod,
  lockPeriods,
  momentOf,
  overlapping,
  selectPeriod,
  selectPeriods,
} from './store-periods.ts';

const SAID = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const said = z
  .string()
  .trim()
  .regex(SAID, 'not a day such as 2026-11-01 or a moment such as 2026-11-01T12:00');

/** Days and clock times are those of the zone in which books close; a moment may name its offset instead. */
export const periodSchema = z.strictObject({
  from: said.openapi({ example: '2026-11-01' }),
  to: said.openapi({ example: '2026-12-01', description: 'Not in it' }),
});

/**
 * Opens a period: any range from `from` up to, not including, `to`. It may still lie ahead; it is closed once it is past.
 * @param input `from` and `to` as `periodSchema` says; `actor` is a user id
 * @throws `period-malformed`, `period-overlaps`, `period-before-closed`
 */
export async function openPeriod(
  k: Kernel,
  input: z.output<typeof periodSchema> & { readonly actor: string },
): Promise<Period> {
  const { zone } = await requireInstance(k);
  return inTx(k, async (t) => {
    await lockPeriods(t.db);
    const [from, to] = [await readMoment(t, input.from, zone), await readMoment(t, input.to, zone)];
    if (from >= to) throw failBilling('period-malformed');
    const other = await overlapping(t.db, { from, to });
    if (other)
      throw failBilling('period-overlaps', {
        detail: `${other.from.toISOString()} – ${other.to.toISOString()}`,
      });
    const closed = await closedTo(t.db);
    if (closed && from < closed) throw failBilling('period-before-closed', { detail: closed.toISOString() });
    const period: Period = {
      id: t.ids.id(),
      from,
      to,
      zone,
      openedBy: input.actor,
      openedAt: t.clock.now(),
      closedBy: null,
      closedAt: null,
    };
    await insertPeriod(t.db, period);
    await recordActivity(t, {
      actor: input.actor,
      action: 'billing.period-opened',
      subject: `period:${period.id}`,
    });
    return period;
  });
}

/** Takes an open period back, as if it had never been opened. Throws `period-unknown`, `period-is-closed`. */
export async function dropPeriod(
  k: Kernel,
  { periodId, actor }: { periodId: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await lockPeriods(t.db);
    await readPeriod(t, periodId);
    if (!(await deleteOpen(t.db, periodId))) throw failBilling('period-is-closed');
    await recordActivity(t, { actor, action: 'billing.period-dropped', subject: `period:${periodId}` });
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One period. Throws `period-unknown`. */
export async function readPeriod(k: Kernel, periodId: string): Promise<Period> {
  const found = UUID.test(periodId) ? await selectPeriod(k.db, periodId) : undefined;
  if (!found) throw failBilling('period-unknown');
  return found;
}

/** The latest 200 periods, the latest first. */
export function listPeriods(k: Kernel): Promise<Period[]> {
  return selectPeriods(k.db, 200);
}

async function readMoment(t: Kernel, text: string, zone: string): Promise<Date> {
  // A day that is in no calendar fits the pattern.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const clock = /T(\d\d):(\d\d)(?::(\d\d))?/.exec(text);
  const [hours = 0, minutes = 0, seconds = 0] = (clock?.slice(1) ?? []).map((part) => Number(part ?? 0));
  const offset = Number(/[+-](\d\d):\d\d$/.exec(text.slice(10))?.[1] ?? 0);
  const real =
    !Number.isNaN(day.getTime()) &&
    day.toISOString().slice(0, 10) === text.slice(0, 10) &&
    day.getUTCFullYear() > 0;
  if (!real || hours > 23 || minutes > 59 || seconds > 59 || offset > 14)
    throw failBilling('period-malformed', { detail: text });
  return momentOf(t.db, text, zone);
}
