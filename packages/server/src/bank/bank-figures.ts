import type { Kernel } from '../kernel/index.ts';
import { selectStatements } from './store.ts';
import { sumOfWords } from './store-payments.ts';

/** A statement as it stands in the list. */
export type ListedStatement = Awaited<ReturnType<typeof selectStatements>>[number];

/** The imported statements, newest first, at most 100; and what rests on the operator's word alone, by currency. */
export async function bankFigures(k: Kernel): Promise<{
  statements: readonly ListedStatement[];
  onWord: readonly { currency: string; micro: bigint }[];
}> {
  const words = await sumOfWords(k.db);
  return {
    statements: await selectStatements(k.db, 100),
    onWord: words.map(({ currency, micro }) => ({ currency, micro: BigInt(micro) })),
  };
}
