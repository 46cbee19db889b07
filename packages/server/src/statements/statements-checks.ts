import { openStatement, type Statement, sealedHash } from '@clearway/protocol';
import { documentsKey, type Finding, type IntegrityCheck, type Kernel } from '../kernel/index.ts';
import { balances, entriesOf } from '../ledger/index.ts';
import type { StatementRow } from './model.ts';
import { selectChain, selectLines } from './store.ts';

const PAGE = 200;

/** Every statement, payee by payee and each in its order, with the one before it. */
async function* chain(k: Kernel): AsyncGenerator<{ row: StatementRow; before: StatementRow | undefined }> {
  let last: StatementRow | undefined;
  for (;;) {
    const page = await selectChain(k.db, last, PAGE);
    for (const row of page) {
      const follows = last?.partyId === row.partyId && last.currency === row.currency;
      yield { row, before: follows ? last : undefined };
      last = row;
    }
    if (page.length < PAGE) return;
  }
}

type Look = (k: Kernel, at: { row: StatementRow; before: StatementRow | undefined }) => Promise<string[]>;

function checkOf(name: string, right: (count: number) => string, look: Look): IntegrityCheck {
  return {
    name: `statements.${name}`,
    async run(k) {
      const findings: Finding[] = [];
      let count = 0;
      for await (const at of chain(k)) {
        count += 1;
        for (const fault of await look(k, at)) {
          findings.push({ ok: false, detail: `statements.statements ${at.row.id}: ${fault}` });
        }
      }
      return findings.length > 0 ? findings : [{ ok: true, detail: right(count) }];
    },
  };
}

/** Opening = previous closing, number and hash of the one before. */
const follow = checkOf(
  'follow-each-other',
  (count) => `${count} statements open where the one before closed`,
  async (_k, { row, before }) => {
    const faults: string[] = [];
    if (row.number !== (before?.number ?? 0) + 1) faults.push(`number ${row.number} does not follow`);
    if (row.openingMicro !== (before?.closingMicro ?? 0n)) faults.push(`it opens with ${row.openingMicro}`);
    if (row.inPayoutOpeningMicro !== (before?.inPayoutClosingMicro ?? 0n)) {
      faults.push(`it opens with ${row.inPayoutOpeningMicro} on its way`);
    }
    return faults;
  },
);

/** Closing = what the ledger had when it was cut, on both accounts. */
const closing = checkOf(
  'close-with-ledger',
  (count) => `${count} statements close with what the ledger had`,
  async (k, { row }) => {
    const { partyId: owner, currency } = row;
    const faults: string[] = [];
    const sides = [
      ['payable', row.payableVersion, row.closingMicro],
      ['in-payout', row.inPayoutVersion, row.inPayoutClosingMicro],
    ] as const;
    for (const [kind, version, closes] of sides) {
      const page =
        version === 0n
          ? []
          : await entriesOf(k, { kind, owner, currency }, { afterVersion: version - 1n, limit: 1 });
      const balance = version === 0n ? 0n : page[0]?.balanceAfter;
      if (balance !== closes) faults.push(`it closes ${kind} with ${closes}, the ledger had ${balance}`);
    }
    return faults;
  },
);

/** The sealed text is the one under its hash and signature, and the rows say what it says. */
const sealed = checkOf(
  'are-as-sealed',
  (count) => `${count} statements are as they were sealed`,
  async (k, { row, before }) => {
    if ((await sealedHash(row.sealed)) !== row.sha256) return ['its text is not the one under its hash'];
    const { publicKey } = await documentsKey(k);
    let document: Statement;
    try {
      document = await openStatement(row.sealed, () => publicKey);
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
    const faults: string[] = [];
    const said = { ...document, payee: document.payee.id, onTheWay: document.inPayout.closing };
    const stored = {
      payee: row.partyId,
      currency: row.currency,
      number: row.number,
      opening: row.openingMicro.toString(),
      closing: row.closingMicro.toString(),
      onTheWay: row.inPayoutClosingMicro.toString(),
      previous: before?.sha256,
    };
    for (const [name, value] of Object.entries(stored)) {
      const sealedValue = said[name as keyof typeof stored];
      if (sealedValue !== value) faults.push(`its row says ${name} ${value}, its text ${sealedValue}`);
    }
    const lines = await selectLines(k.db, row.id);
    if (lines.length !== document.lines.length) faults.push(`it has ${lines.length} rows of lines`);
    for (const { position, line, amountMicro, feeMicro } of lines) {
      const at = document.lines[position - 1];
      if (at?.id !== line || at.amount !== `${amountMicro}` || at.fee !== `${feeMicro}`) {
        faults.push(`statements.lines ${position} is not the line of its text`);
      }
    }
    return faults;
  },
);

/** Σ payable = Σ closings of the last statements + what was booked since. */
const sums: IntegrityCheck = {
  name: 'statements.sum-up-to-payable',
  async run(k) {
    const last = new Map<string, StatementRow>();
    for await (const { row } of chain(k)) last.set(`${row.partyId} ${row.currency}`, row);
    const findings: Finding[] = [];
    const accounts = await balances(k, { kind: 'payable' });
    for (const { owner, currency, balanceMicro } of accounts) {
      const statement = last.get(`${owner} ${currency}`);
      let expected = statement?.closingMicro ?? 0n;
      let version = statement?.payableVersion ?? 0n;
      for (;;) {
        const page = await entriesOf(
          k,
          { kind: 'payable', owner, currency },
          { afterVersion: version, limit: 1_000 },
        );
        for (const entry of page) expected += entry.amountMicro;
        version = page.at(-1)?.version ?? version;
        if (page.length < 1_000) break;
      }
      if (expected !== balanceMicro) {
        findings.push({
          ok: false,
          detail: `payable of party ${owner} in ${currency} is ${balanceMicro}, its statements and what followed make ${expected}`,
        });
      }
    }
    return findings.length > 0
      ? findings
      : [{ ok: true, detail: `${accounts.length} payable accounts are what their statements say` }];
  },
};

/** What `clearway books verify` looks at here (I-30). */
export const statementsChecks: readonly IntegrityCheck[] = [follow, closing, sealed, sums];
