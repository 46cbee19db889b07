import type { JobHandler, Kernel } from '../../kernel/index.ts';
import { appendLeaf, findProofs, type LeafProof, leavesOf } from '../../transparency/index.ts';
import { countConfirmed } from './store-wall.ts';

const SUBJECT = 'campaign:count';
const DAY = 86_400_000;

/** Puts the day's count into the public log: how many signed, at which moment. Nothing about anybody. */
export const recordCountJob: JobHandler = {
  kind: 'campaign.record-count',
  everyMs: DAY,
  async handle(_k, job) {
    await job.finish(async (t) => {
      const counted = await countConfirmed(t.db);
      const record = { at: t.clock.now().toISOString(), instance: t.site.baseUrl, ...counted };
      await appendLeaf(t, { type: 'signature-count', record, subject: SUBJECT });
    });
  },
};

/** The latest counts on record, newest first, each with salt and proof, so that anybody can check them against the log. */
export async function recordedCounts(k: Kernel, limit = 31): Promise<LeafProof[]> {
  const leaves = (await leavesOf(k, SUBJECT)).slice(-limit).reverse();
  return findProofs(
    k,
    leaves.map(({ id }) => id),
  );
}
