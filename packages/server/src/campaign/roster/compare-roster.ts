import { inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { compareWithSigned } from './compare-people.ts';
import {
  countVerdicts,
  judgeRows,
  lockRoster,
  type RosterLine,
  selectFine,
  updateRoster,
} from './store-rosters.ts';

const BATCH = 1_000;

/** Compares a list with those who signed and those who took it back; each stretch is seen as progress. */
export async function compareRoster(k: Kernel, rosterId: string): Promise<void> {
  for (let after = 0, done = 0; ; ) {
    const rows = await selectFine(k.db, rosterId, after, BATCH);
    await judge(k, rows);
    done += rows.length;
    await updateRoster(k.db, rosterId, { done });
    if (rows.length < BATCH) break;
    after = rows.at(-1)!.line;
  }
  await inTx(k, async (t) => {
    const roster = await lockRoster(t.db, rosterId);
    if (roster?.state !== 'checking') return;
    await updateRoster(t.db, rosterId, {
      state: 'checked',
      done: 0,
      ...(await countVerdicts(t.db, rosterId)),
    });
  });
}

/** Writes what is the matter with rows; answers the others. */
export async function judge(k: Kernel, rows: readonly RosterLine[]): Promise<RosterLine[]> {
  const asked = rows.flatMap(({ id, person, mailbox_key }) =>
    person ? [{ id, person, mailboxKey: mailbox_key }] : [],
  );
  const found = await compareWithSigned(k, asked);
  await judgeRows(k.db, found);
  const wrong = new Set(found.map(({ id }) => id));
  return rows.filter(({ id, person }) => person !== null && !wrong.has(id));
}

/** The comparison of a long list. */
export const compareRosterJob: JobHandler = {
  kind: 'campaign.compare-roster',
  async handle(k, job) {
    await compareRoster(k, String(job.payload.roster));
  },
};
