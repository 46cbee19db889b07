import { sql } from 'kysely';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { bookPrepaid, requireCompany } from './assign-entry.ts';
import type { HandPayment } from './model.ts';
import { failBank } from './problems.ts';
import { recordEntries } from './record-entries.ts';
import { decidePayment, insertPayment, lockPayment, selectPayments } from './store-payments.ts';

/**
 * Enters money no bank record shows, as a proposal: nothing is booked until another operator confirms it. `target` is the
 * number of an invoice, or the id or name of a company that pays in advance. Throws `bank-target-unknown`.
 */
export async function proposePayment(
  k: Kernel,
  input: {
    kind: HandPayment['kind'];
    target: string;
    amountMicro: bigint;
    note: string;
    actor: string;
  },
): Promise<HandPayment> {
  const { kind, amountMicro, note, actor } = input;
  if (amountMicro <= 0n) throw new RangeError('a payment is above zero');
  return inTx(k, async (t) => {
    const { currency } = await requireInstance(t);
    const target = kind === 'prepaid' ? (await requireCompany(t, input.target)).id : input.target;
    const id = t.ids.id();
    const proposed = { id, kind, target, currency, amountMicro, note, proposedBy: actor };
    await insertPayment(t.db, { ...proposed, proposedAt: t.clock.now() });
    await recordActivity(t, { actor, action: 'bank.payment-proposed', subject: `payment:${id}` });
    return (await lockPayment(t.db, id))!;
  });
}

/**
 * Books a proposed payment on the word of two operators: the entry it leads to says so, and so does all that shows it.
 * Throws `payment-unknown`, `payment-needs-second-person`, `payment-decided`. `actor` is the second operator.
 */
export async function confirmPayment(k: Kernel, input: { id: string; actor: string }): Promise<HandPayment> {
  const { id, actor } = input;
  return inTx(k, async (t) => {
    const payment = await requireOpen(t, id);
    if (payment.proposedBy === actor) throw failBank('payment-needs-second-person');
    const { kind, target, currency, amountMicro, note, proposedBy } = payment;
    const entry = {
      amountMicro,
      bookedOn: await today(t),
      valueDate: null,
      endToEndId: null,
      remittance: kind === 'invoice' ? target : note,
      reference: id,
      counterpartyName: null,
      counterpartyIban: null,
      returnReason: null,
      reversal: false,
    };
    const [entryId] = await recordEntries(t, [entry], {
      source: 'operator-word',
      statementId: null,
      iban: null,
      currency,
      actor: proposedBy,
      approver: actor,
    });
    await decidePayment(t.db, { id, state: 'confirmed', by: actor, at: t.clock.now(), entryId: entryId! });
    if (kind === 'prepaid') await bookPrepaid(t, { entryId: entryId!, partyId: target, amountMicro, actor });
    await recordActivity(t, { actor, action: 'bank.payment-confirmed', subject: `payment:${id}` });
    return (await lockPayment(t.db, id))!;
  });
}

/** Takes a proposal back; any operator may. Throws `payment-unknown`, `payment-decided`. */
export async function withdrawPayment(k: Kernel, input: { id: string; actor: string }): Promise<void> {
  const { id, actor } = input;
  await inTx(k, async (t) => {
    await requireOpen(t, id);
    await decidePayment(t.db, { id, state: 'withdrawn', by: actor, at: t.clock.now(), entryId: null });
    await recordActivity(t, { actor, action: 'bank.payment-withdrawn', subject: `payment:${id}` });
  });
}

/** Payments entered by hand, newest first, at most 200. */
export function listPayments(k: Kernel): Promise<HandPayment[]> {
  return selectPayments(k.db, 200);
}

async function requireOpen(t: Kernel, id: string): Promise<HandPayment> {
  const payment = /^[0-9a-f-]{36}$/.test(id) ? await lockPayment(t.db, id) : undefined;
  if (!payment) throw failBank('payment-unknown');
  if (payment.state !== 'proposed') throw failBank('payment-decided');
  return payment;
}

async function today(t: Kernel): Promise<string> {
  const { zone } = await requireInstance(t);
  const found = await sql<{ day: string }>`select (${t.clock.now()}::timestamptz at time zone ${zone})::date
    as day`.execute(t.db);
  return found.rows[0]!.day;
}
