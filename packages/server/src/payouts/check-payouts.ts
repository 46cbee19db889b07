import type { Finding, IntegrityCheck, Kernel } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { FILE, sha256Hex } from './batch-file.ts';
import { orderedBatches } from './store-checks.ts';
import { selectFileItems, selectInPayout } from './store-items.ts';

/** The in-payout account of each payee is the sum of her items that are neither paid nor rejected. */
const inPayout: IntegrityCheck = {
  name: 'payouts.in-payout-is-on-its-way',
  async run(k) {
    const wanted = new Map(
      (await selectInPayout(k.db)).map((row) => [`${row.party_id} ${row.currency}`, row.micro]),
    );
    const booked = new Map(
      (await balances(k, { kind: 'in-payout' })).map((one) => [
        `${one.owner} ${one.currency}`,
        one.balanceMicro,
      ]),
    );
    const wrong: Finding[] = [];
    for (const key of [...new Set([...wanted.keys(), ...booked.keys()])].sort()) {
      const [items, account] = [wanted.get(key) ?? 0n, booked.get(key) ?? 0n];
      if (items === account) continue;
      const detail = `ledger account in-payout of ${key} holds ${account}, payouts.items of the party say ${items}`;
      wrong.push({ ok: false, detail });
    }
    return wrong.length > 0 ? wrong : [{ ok: true, detail: `${wanted.size} accounts` }];
  },
};

/** The stored payment file is the one that was made, and orders what the items say. */
const files: IntegrityCheck = {
  name: 'payouts.file-as-ordered',
  async run(k) {
    const batches = await orderedBatches(k.db);
    const wrong: Finding[] = [];
    for (const batch of batches) {
      for (const detail of await faultsOf(k, batch)) wrong.push({ ok: false, detail });
    }
    return wrong.length > 0 ? wrong : [{ ok: true, detail: `${batches.length} payment files` }];
  },
};

async function faultsOf(
  k: Kernel,
  batch: { id: string; file_sealed: string; file_sha256: string },
): Promise<string[]> {
  const row = `payouts.batches ${batch.id}`;
  let file: string;
  try {
    file = await k.keys.open(FILE, batch.file_sealed, batch.id);
  } catch (error) {
    return [`${row}: the payment file does not open (${error instanceof Error ? error.message : error})`];
  }
  if (sha256Hex(file) !== batch.file_sha256) return [`${row}: the payment file has another SHA-256`];
  const items = await selectFileItems(k.db, batch.id);
  const faults: string[] = [];
  const total = items.reduce((sum, item) => sum + item.amount_micro, 0n);
  if (!file.includes(`<NbOfTxs>${items.length}</NbOfTxs>`))
    faults.push(`${row}: NbOfTxs is not ${items.length}`);
  if (!file.includes(`<CtrlSum>${decimal(total)}</CtrlSum>`))
    faults.push(`${row}: CtrlSum is not ${decimal(total)}`);
  const ordered = amountsIn(file);
  for (const { id, end_to_end_id, amount_micro } of items) {
    if (ordered.get(end_to_end_id) !== decimal(amount_micro))
      faults.push(`payouts.items ${id}: the file of batch ${batch.id} orders another amount`);
  }
  return faults;
}

/** The amounts of a file by end-to-end id. */
function amountsIn(file: string): Map<string, string> {
  const payments = file.matchAll(
    /<EndToEndId>([^<]+)<\/EndToEndId>[\s\S]*?<InstdAmt Ccy="[A-Z]{3}">([^<]+)</g,
  );
  return new Map([...payments].map(([, id = '', amount = '']) => [id, amount]));
}

function decimal(micro: bigint): string {
  return `${micro / 1_000_000n}.${((micro % 1_000_000n) / 10_000n).toString().padStart(2, '0')}`;
}

/** What `clearway books verify` looks at here. */
export const payoutsChecks: readonly IntegrityCheck[] = [inPayout, files];
