import { type BatchCounts, countBatches, type Kernel, type Locale } from '../../kernel/index.ts';
import { findMailing } from './edit-mailing.ts';
import { type Audience, batchOf, type Mailing } from './mailing.ts';
import {
  countAudience,
  countReturns,
  type Sampled,
  sampleAudience,
  selectMailings,
} from './store-mailings.ts';

const SAMPLE = 10;

/** Whom a mailing would go to now. */
export type AudiencePreview = {
  readonly count: number;
  readonly byLocale: { readonly [L in Locale]: number };
  /** Some of them, without addresses. */
  readonly sample: readonly Sampled[];
};

/** Counts whom conditions reach at this moment; nothing is sent. */
export async function previewAudience(k: Kernel, audience: Audience): Promise<AudiencePreview> {
  const now = k.clock.now();
  const byLocale = await countAudience(k.db, audience, now);
  return {
    count: byLocale.en + byLocale.de,
    byLocale,
    sample: await sampleAudience(k.db, audience, now, SAMPLE),
  };
}

/** How far a mailing is: where its mails are, of how many there were to write to when it began. */
export type Progress = BatchCounts & { readonly written: number; readonly total: number };
export type MailingReport = { readonly mailing: Mailing; readonly progress: Progress };

/** A mailing with its report. Throws `mailing-unknown`. */
export async function reportMailing(k: Kernel, id: string): Promise<MailingReport> {
  return (await report(k, [await findMailing(k, id)]))[0]!;
}

/** All mailings, newest first, with their reports. */
export async function listMailings(k: Kernel): Promise<MailingReport[]> {
  return report(k, await selectMailings(k.db, 200));
}

async function report(k: Kernel, mailings: readonly Mailing[]): Promise<MailingReport[]> {
  const counts = await countBatches(
    k,
    mailings.map(({ id }) => batchOf(id)),
  );
  return mailings.map((mailing) => {
    const batch = counts.get(batchOf(mailing.id))!;
    const written = batch.queued + batch.sent + batch.suppressed + batch.bounced + batch.failed;
    return { mailing, progress: { ...batch, written, total: Math.max(mailing.total ?? 0, written) } };
  });
}

/** To how many signatories mail came back for good. */
export function countUnreachable(k: Kernel): Promise<number> {
  return countReturns(k.db);
}
