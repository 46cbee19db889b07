import { inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { manageUrl } from '../signatory/compose-mails.ts';
import { suppressionKey } from '../signatory/suppression-key.ts';
import { queueEndedMail, queueInvitationMail, queueSignedThroughMail } from './roster-mails.ts';
import {
  claimNotices,
  markTold,
  type NoticeKind,
  selectUntoldInvited,
  selectUntoldSigned,
} from './store-notices.ts';
import type { RosterRow } from './store-rosters.ts';

const DAY = 86_400_000;
const BATCH = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Names in one mail; a mailbox that many share hears of the others on the following days. */
const LISTED = 20;

type Untold = { readonly id: string; readonly mailboxKey: string; readonly rosterId: string };

/**
 * Tells people that they are on lists: of a mailbox one mail of a kind a day, whatever is on the lists, so that nobody can
 * fill it through us. What has to wait is told by the job. With `rosterId` only the rows of that list.
 */
export async function tellListed(t: Kernel, rosterId?: string): Promise<void> {
  await inBatches(
    (after) => selectUntoldSigned(t.db, after, BATCH, rosterId),
    async (rows) => {
      for (const group of await mayHear(t, 'signed-through', rows)) {
        const told = group.slice(0, LISTED);
        const entries = await Promise.all(
          told.map(async ({ signatory }) => ({
            id: signatory.id,
            name: signatory.name,
            url: await manageUrl(t, signatory.id),
          })),
        );
        const { signatory, mailboxKey } = told[0]!;
        await queueSignedThroughMail(t, { ...signatory, mailbox_key: mailboxKey }, entries);
        await markTold(
          t.db,
          told.map(({ id }) => id),
        );
      }
    },
  );
  await inBatches(
    (after) => selectUntoldInvited(t.db, after, BATCH, rosterId),
    async (rows) => {
      for (const [one] of await mayHear(t, 'invited', rows)) {
        await queueInvitationMail(t, one!.roster, {
          id: one!.id,
          email: one!.email,
          mailboxKey: one!.mailboxKey,
        });
        await markTold(t.db, [one!.id]);
      }
    },
  );
}

/** Tells people that nobody signs for them any more; of a mailbox once. */
export async function tellEnded(
  t: Kernel,
  roster: RosterRow,
  gone: readonly { email: string; mailbox_key: string; locale: 'en' | 'de' }[],
): Promise<void> {
  const rows = gone
    .filter(({ email }) => email !== '')
    .map((one) => ({ ...one, id: '', mailboxKey: one.mailbox_key, rosterId: roster.id }));
  for (const [one] of await mayHear(t, 'ended', rows))
    await queueEndedMail(t, {
      email: one!.email,
      mailboxKey: one!.mailboxKey,
      locale: one!.locale,
      through: roster.through_name,
    });
}

async function inBatches<R extends Untold>(
  read: (after: string) => Promise<R[]>,
  tell: (rows: readonly R[]) => Promise<void>,
): Promise<void> {
  for (let after = FIRST; ; ) {
    const rows = await read(after);
    await tell(rows);
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

/** The rows of each mailbox that may hear of this kind now, those of one list only. */
async function mayHear<R extends Untold>(t: Kernel, kind: NoticeKind, rows: readonly R[]): Promise<R[][]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.mailboxKey);
    if (!group) groups.set(row.mailboxKey, [row]);
    else if (group[0]!.rosterId === row.rosterId) group.push(row);
  }
  const byHash = new Map<string, R[]>();
  for (const [key, group] of groups) byHash.set(await suppressionKey(t, key), group);
  const now = t.clock.now();
  const since = new Date(now.getTime() - DAY);
  const claimed = await claimNotices(t.db, { kind, hashes: [...byHash.keys()], now, since });
  return claimed.map((hash) => byHash.get(hash)!);
}

/** Tells those who had to wait. */
export const tellListedJob: JobHandler = {
  kind: 'campaign.tell-listed',
  everyMs: 3_600_000,
  handle: (k) => inTx(k, (t) => tellListed(t)),
};
