import { sql } from 'kysely';
import { enqueue, inTx, type Kernel } from '../kernel/index.ts';
import { rightsOf } from '../works/index.ts';
import { freezeRun, sharesOf } from './freeze-run.ts';
import { pinFees } from './pin-fee.ts';
import { splitOfWork } from './split-work.ts';
import { lockPlanning } from './store.ts';

/**
 * Plans the distribution of an invoice that is paid: freezes its lines, the fee of each agreement, and the claims as they
 * stand now. Once per invoice; answers the run, or undefined when it was planned before.
 */
export async function planRun(k: Kernel, { invoiceId }: { invoiceId: string }): Promise<string | undefined> {
  return inTx(k, async (t) => {
    await lockPlanning(t.db);
    const before = await sql`select 1 from distribution.runs
      where kind = 'invoice' and subject = ${invoiceId}`.execute(t.db);
    if (before.rows.length > 0) return undefined;
    const about = await sql<{ currency: string; works: string[]; agreements: string[] }>`
      select currency, array_agg(distinct work_id::text) as works, array_agg(distinct agreement_id::text) as agreements
      from billing.published_lines where invoice_id = ${invoiceId} and kind <> 'credit' group by currency`.execute(
      t.db,
    );
    const [invoice] = about.rows;
    if (!invoice) throw new Error(`invoice ${invoiceId} has no lines`);
    await pinFees(t, invoice.agreements);
    const rights = await rightsOf(t, invoice.works);
    const runId = await freezeRun(t, {
      kind: 'invoice',
      subject: invoiceId,
      poolOwner: invoiceId,
      currency: invoice.currency,
      lines: sql`select b.id as line_id, b.id as origin_line_id, b.work_id as split_key, b.amount_micro,
          0::bigint as base_micro, f.fee_ppm
        from billing.published_lines b join distribution.agreement_fees f using (agreement_id)
        where b.invoice_id = ${invoiceId} and b.kind <> 'credit'`,
      shares: sharesOf(
        invoice.works.flatMap((workId) => splitOfWork(workId, rights.get(workId)?.holders ?? [])),
      ),
    });
    await goOn(t, runId);
    return runId;
  });
}

/** Queues what brings a planned run to its end. */
export async function goOn(t: Kernel, runId: string): Promise<void> {
  await enqueue(t, { kind: 'distribution.advance', payload: { runId }, dedupKey: runId });
}
