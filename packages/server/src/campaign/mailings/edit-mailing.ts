import { listOperators, recordActivity } from '../../identity/index.ts';
import { enqueue, inTx, type Kernel, stopBatch } from '../../kernel/index.ts';
import { currentDeclaration } from '../declaration/declaration.ts';
import { isId } from '../wall/report-entry.ts';
import {
  type Audience,
  batchOf,
  localesOf,
  type Mailing,
  type MailingKind,
  type MailingTexts,
  PER_MINUTE,
} from './mailing.ts';
import { fail } from './mailing-problems.ts';
import { deleteMailing, lockMailing, selectMailing, upsertMailing } from './store-mailings.ts';

const TWO_YEARS = 2 * 365 * 86_400_000;
export const SEND_MAILING = 'campaign.send-mailing';

type Change = { readonly id: string; readonly edition: number; readonly by: string };

/** A mailing. Throws `mailing-unknown`. */
export async function findMailing(k: Kernel, id: string): Promise<Mailing> {
  const found = isId(id) ? await selectMailing(k.db, id) : undefined;
  if (!found) throw fail('mailing-unknown');
  return found;
}

/**
 * Writes a mailing, or changes one that is not approved; a proposal becomes a draft again. `agree-again` goes to those
 * who have not agreed to the public version. `edition` is that of the words one began with. Answers the id.
 * Throws `mailing-unknown`, `mailing-fixed`, `mailing-edited-meanwhile`, `mailing-text-missing`.
 */
export async function saveMailing(
  k: Kernel,
  about: {
    id?: string;
    edition: number;
    kind: MailingKind;
    texts: MailingTexts;
    audience: Audience;
    by: string;
  },
): Promise<string> {
  return inTx(k, async (t) => {
    const before = about.id === undefined ? undefined : await changeable(t, { ...about, id: about.id });
    const { before: _, ...given } = about.audience;
    const version = about.kind === 'agree-again' ? (await currentDeclaration(t)).version : undefined;
    const audience = version === undefined ? given : { ...given, before: version };
    if (localesOf({ audience }).some((locale) => about.texts[locale] === undefined))
      throw fail('mailing-text-missing');
    const id = before?.id ?? t.ids.id();
    await upsertMailing(t.db, {
      id,
      kind: about.kind,
      texts: about.texts,
      audience,
      state: 'draft',
      edition: about.edition + 1,
      run: before?.run ?? 0,
      perMinute: before?.perMinute ?? PER_MINUTE,
      writtenBy: about.by,
      writtenAt: t.clock.now(),
      startAt: null,
      approvedBy: null,
      approvedAt: null,
      startedAt: null,
      finishedAt: null,
      total: null,
      position: null,
    });
    await note(t, about.by, 'campaign.mailing-written', id);
    return id;
  });
}

/**
 * Asks for approval. `startAt` is when it begins, null for at once. Throws `mailing-unknown`, `mailing-fixed`,
 * `mailing-edited-meanwhile`, `publish-time-wrong`.
 */
export async function proposeMailing(
  k: Kernel,
  about: Change & { startAt: Date | null; perMinute: number },
): Promise<void> {
  await inTx(k, async (t) => {
    const mailing = await changeable(t, about);
    const { startAt, perMinute } = about;
    const ahead = startAt ? startAt.getTime() - t.clock.now().getTime() : 1;
    if (!(ahead > 0 && ahead < TWO_YEARS)) throw fail('mailing-time-wrong');
    await upsertMailing(t.db, { ...mailing, state: 'proposed', startAt, perMinute });
    await note(t, about.by, 'campaign.mailing-proposed', mailing.id);
  });
}

/**
 * Approves a mailing: its words and recipients are fixed and it leaves now or at its time. Where more than one person
 * runs the instance, somebody else than the one who wrote it does so.
 * Throws as proposing does, and `mailing-second-person`, `mailing-not-proposed`.
 */
export async function approveMailing(k: Kernel, about: Change): Promise<void> {
  await inTx(k, async (t) => {
    const mailing = await changeable(t, about);
    if (mailing.state !== 'proposed') throw fail('mailing-not-proposed');
    if (mailing.writtenBy === about.by && (await needsSecondPerson(t))) throw fail('mailing-second-person');
    const now = t.clock.now();
    const run = mailing.run + 1;
    await upsertMailing(t.db, { ...mailing, state: 'scheduled', run, approvedBy: about.by, approvedAt: now });
    const runAt = mailing.startAt && mailing.startAt > now ? mailing.startAt : now;
    await enqueue(t, { kind: SEND_MAILING, payload: { mailing: mailing.id, run }, runAt });
    await note(t, about.by, 'campaign.mailing-approved', mailing.id);
  });
}

/** Whether somebody else has to approve what one operator wrote. */
export async function needsSecondPerson(k: Kernel): Promise<boolean> {
  return (await listOperators(k)).length > 1;
}

/** Holds a mailing that is under way; mails of the last seconds may still leave. Throws `mailing-unknown`, `mailing-not-under-way`. */
export function pauseMailing(k: Kernel, about: { id: string; by: string }): Promise<void> {
  return change(k, about, ['sending'], 'campaign.mailing-paused', async (_t, mailing) => ({
    ...mailing,
    state: 'paused',
    run: mailing.run + 1,
  }));
}

/** Goes on where it was paused. Throws as pausing does. */
export function resumeMailing(k: Kernel, about: { id: string; by: string }): Promise<void> {
  return change(k, about, ['paused'], 'campaign.mailing-resumed', async (t, mailing) => {
    const run = mailing.run + 1;
    await enqueue(t, { kind: SEND_MAILING, payload: { mailing: mailing.id, run } });
    return { ...mailing, state: 'sending', run };
  });
}

/** Ends a mailing for good; what has not left does not leave. Throws as pausing does. */
export function stopMailing(k: Kernel, about: { id: string; by: string }): Promise<void> {
  return change(
    k,
    about,
    ['scheduled', 'sending', 'paused'],
    'campaign.mailing-stopped',
    async (t, mailing) => {
      await stopBatch(t, batchOf(mailing.id));
      return { ...mailing, state: 'stopped', run: mailing.run + 1, finishedAt: t.clock.now() };
    },
  );
}

/** Throws away a mailing that is not approved. Throws `mailing-unknown`, `mailing-fixed`. */
export async function discardMailing(k: Kernel, { id, by }: { id: string; by: string }): Promise<void> {
  await inTx(k, async (t) => {
    const mailing = await locked(t, id);
    if (mailing.state !== 'draft' && mailing.state !== 'proposed') throw fail('mailing-fixed');
    await deleteMailing(t.db, id);
    await note(t, by, 'campaign.mailing-discarded', id);
  });
}

async function change(
  k: Kernel,
  { id, by }: { id: string; by: string },
  from: readonly Mailing['state'][],
  action: string,
  to: (t: Kernel, mailing: Mailing) => Promise<Mailing>,
): Promise<void> {
  await inTx(k, async (t) => {
    const mailing = await locked(t, id);
    if (!from.includes(mailing.state)) throw fail('mailing-not-under-way');
    await upsertMailing(t.db, await to(t, mailing));
    await note(t, by, action, id);
  });
}

async function locked(t: Kernel, id: string): Promise<Mailing> {
  const mailing = isId(id) ? await lockMailing(t.db, id) : undefined;
  if (!mailing) throw fail('mailing-unknown');
  return mailing;
}

async function changeable(t: Kernel, { id, edition }: { id: string; edition: number }): Promise<Mailing> {
  const mailing = await locked(t, id);
  if (mailing.state !== 'draft' && mailing.state !== 'proposed') throw fail('mailing-fixed');
  if (mailing.edition !== edition) throw fail('mailing-edited-meanwhile');
  return mailing;
}

async function note(t: Kernel, actor: string, action: string, id: string): Promise<void> {
  await recordActivity(t, { actor, action, subject: `mailing:${id}` });
}
