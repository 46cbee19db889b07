import { recordActivity } from '../identity/index.ts';
import { cleanText, inTx, type Kernel } from '../kernel/index.ts';
import type { Objection, Outcome } from './model.ts';
import { failStatements } from './problems.ts';
import { readStatement } from './read-statements.ts';
import { selectLines } from './store.ts';
import {
  countOpen,
  insertObjection,
  lockObjection,
  selectObjections,
  selectObjectionsOf,
  sumDisputed,
  updateAnswered,
} from './store-objections.ts';
import { tellAnswer } from './tell-payee.ts';

/** Why a payee objects, and what the operator answers: 1 to 2,000 characters. */
export const objectionText = cleanText(2_000).refine((text) => text.length > 0, 'must not be empty');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A payee objects to a statement or to one of its lines; what it disputes is not paid out until it is answered. Answers the
 * objection's id. Throws `statement-unknown`, `earning-unknown`, `objection-too-late`, `objection-open`.
 * @param about `position` is the line, counted from 1; without it all of the statement is meant
 */
export async function raiseObjection(
  k: Kernel,
  about: {
    statementId: string;
    position?: number | undefined;
    partyId: string;
    userId: string;
    reason: string;
  },
): Promise<string> {
  const { statementId, partyId, userId, reason } = about;
  const position = about.position ?? null;
  return inTx(k, async (t) => {
    const statement = await readStatement(t, { id: statementId, viewer: { partyId, operator: false } });
    const raisedAt = t.clock.now();
    if (raisedAt > statement.objectionUntil) throw failStatements('objection-too-late');
    let amount = statement.earnedMicro;
    if (position !== null) {
      const line = (await selectLines(t.db, statementId)).find((one) => one.position === position);
      if (!line) throw failStatements('earning-unknown');
      amount = line.amountMicro;
    }
    const id = t.ids.id();
    const disputedMicro = amount > 0n ? amount : 0n;
    const raised = {
      id,
      statementId,
      position,
      disputedMicro,
      reason,
      raisedBy: userId,
      raisedAt,
    };
    if (!(await insertObjection(t.db, raised))) throw failStatements('objection-open');
    await recordActivity(t, {
      actor: userId,
      action: 'statements.objection-raised',
      subject: `statement:${statementId}`,
    });
    return id;
  });
}

/**
 * The operator answers: `upheld` (a correction follows in a later statement) or `declined`. The payee is written to.
 * Throws `objection-unknown`, `objection-answered`.
 */
export async function answerObjection(
  k: Kernel,
  {
    id,
    outcome,
    answer,
    userId,
  }: { id: string; outcome: Exclude<Outcome, 'withdrawn'>; answer: string; userId: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const objection = await requireOpen(t, id);
    await updateAnswered(t.db, id, { outcome, answer, by: userId, at: t.clock.now() });
    await recordActivity(t, {
      actor: userId,
      action: `statements.objection-${outcome}`,
      subject: `statement:${objection.statementId}`,
    });
    await tellAnswer(t, { ...objection, outcome }, answer);
  });
}

/** The payee takes an objection back. Throws `objection-unknown`, `objection-answered`. */
export async function withdrawObjection(
  k: Kernel,
  { id, partyId, userId }: { id: string; partyId: string; userId: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const objection = await requireOpen(t, id);
    if (objection.partyId !== partyId) throw failStatements('objection-unknown');
    await updateAnswered(t.db, id, { outcome: 'withdrawn', answer: null, by: userId, at: t.clock.now() });
    await recordActivity(t, {
      actor: userId,
      action: 'statements.objection-withdrawn',
      subject: `statement:${objection.statementId}`,
    });
  });
}

async function requireOpen(t: Kernel, id: string): Promise<Objection> {
  const objection = UUID.test(id) ? await lockObjection(t.db, id) : undefined;
  if (!objection) throw failStatements('objection-unknown');
  if (objection.outcome !== null) throw failStatements('objection-answered');
  return objection;
}

/** Objections for the operator: open ones first, at most 500. */
export function listObjections(k: Kernel): Promise<Objection[]> {
  return selectObjections(k.db, 500);
}

/** How many objections wait for an answer. */
export function countOpenObjections(k: Kernel): Promise<number> {
  return countOpen(k.db);
}

/** Objections to one statement, in the order in which they were raised. */
export function objectionsTo(k: Kernel, statementId: string): Promise<Objection[]> {
  return selectObjectionsOf(k.db, statementId);
}

/**
 * What payees dispute and therefore is not paid out, in micro-units, by party. Whoever disputes nothing is not in it.
 */
export async function disputedOf(
  k: Kernel,
  partyIds: readonly string[],
  currency: string,
): Promise<Map<string, bigint>> {
  const rows = await sumDisputed(k.db, { partyIds, currency });
  return new Map(rows.map(({ partyId, disputedMicro }) => [partyId, disputedMicro]));
}
