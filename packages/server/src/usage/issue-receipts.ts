import { type Receipt, sealReceipt } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { SIGNING_PURPOSE } from '../licensing/index.ts';
import { type CountedGroup, countedOfSegment } from './store-events.ts';
import { insertReceipt, nextReceiptNumber } from './store-receipts.ts';

/** One receipt for each agreement, client and grade of a segment that was just counted. */
export async function issueReceipts(
  t: Kernel,
  segment: { gateId: string; siteId: string; seq: number; sha256: string },
): Promise<void> {
  for (const group of await countedOfSegment(t.db, segment)) {
    await issueReceipt(t, group, {
      gateId: segment.gateId,
      segmentSeq: segment.seq,
      reportId: null,
      about: {
        gate: segment.gateId,
        site: segment.siteId,
        first: group.first,
        last: group.last,
        segments: [segment.sha256],
      },
    });
  }
}

type Source = {
  readonly gateId: string | null;
  readonly segmentSeq: number | null;
  readonly reportId: string | null;
  readonly about: Pick<Receipt, 'segments'> &
    Partial<Pick<Receipt, 'gate' | 'site' | 'first' | 'last' | 'report'>>;
};

/** Signs one receipt and keeps it; answers its number. */
export async function issueReceipt(
  t: Kernel,
  counted: Omit<CountedGroup, 'first' | 'last' | 'grade'> & { readonly grade: Receipt['grade'] },
  { about, ...source }: Source,
): Promise<number> {
  const { agreementId, clientId, licenseeId, grade, counts, total, from, to } = counted;
  const number = await nextReceiptNumber(t.db);
  const issuedAt = t.clock.now();
  const receipt: Receipt = {
    format: 'clearway-receipt-1',
    issuer: t.site.baseUrl,
    number,
    agreement: agreementId,
    client: clientId,
    grade,
    period: { from: from.toISOString(), to: to.toISOString() },
    counts,
    total,
    issuedAt: issuedAt.toISOString(),
    ...about,
  };
  const { kid, sign } = await t.keys.signing(SIGNING_PURPOSE);
  const sealed = await sealReceipt(receipt, { kid, sign });
  await insertReceipt(t.db, {
    number,
    agreementId,
    clientId,
    licenseeId,
    grade,
    total,
    sealed,
    issuedAt,
    ...source,
  });
  return number;
}
