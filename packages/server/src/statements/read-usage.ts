import { type UsageReference, usageHash } from '@clearway/protocol';
import { lineUsage } from '../billing/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { insertLineUsage, type LineUsage, selectLineUsage } from './store.ts';

const PAGE = 5_000;

/** Every use behind a line of an invoice, in its order. */
export async function usageOfLine(k: Kernel, invoiceLineId: string): Promise<UsageReference[]> {
  const references: UsageReference[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await lineUsage(k, invoiceLineId, { after, limit: PAGE });
    for (const { ref, at, units, path, sha256 } of page) {
      references.push({
        id: ref,
        at: at.toISOString(),
        units: Number(units),
        ...(path === null ? {} : { path }),
        ...(sha256 === null ? {} : { sha256 }),
      });
    }
    after = page.at(-1)?.ref;
    if (page.length < PAGE) return references;
  }
}

/** How many they are and their hash; computed once for all who share in the line. */
export async function sealedUsageOf(t: Kernel, invoiceLineId: string): Promise<LineUsage> {
  const known = await selectLineUsage(t.db, invoiceLineId);
  if (known) return known;
  const references = await usageOfLine(t, invoiceLineId);
  const usage = { count: references.length, sha256: await usageHash(references) };
  await insertLineUsage(t.db, invoiceLineId, usage);
  return usage;
}
