import { sha256, toHex, utf8 } from '../bytes.ts';
import { attempt, type FolderCheck, keyNamed, unwrap } from '../checking.ts';
import { fingerprint, parseVerifierKey } from '../keys.ts';
import type { FolderVerdict } from '../proof-folder/verify-folder.ts';
import { feeFaults, orderFaults, priceFaults, splitFaults, sumFaults, usageFaults } from './recompute.ts';
import { openStatement, peekStatement, type Statement } from './statement.ts';
import { readStatementFile, type StatementFile } from './statement-file.ts';

/** What is looked at, in this order. Of a file that cannot be read only the first two are. */
export const statementChecks = [
  'key',
  'file',
  'signature',
  'usage',
  'price',
  'fee',
  'split',
  'sum',
  'order',
] as const;

/** One thing looked at. */
export type StatementCheck = FolderCheck & { readonly name: (typeof statementChecks)[number] };

/**
 * The result, as of a proof folder: without a key the file is only checked against itself. `statement` is there when the
 * file could be read, whatever else is wrong with it; `sha256` is the hash of its sealed form, which the statement after
 * it names.
 */
export type StatementVerdict = FolderVerdict & {
  readonly checks: readonly StatementCheck[];
  readonly statement?: Statement;
  readonly sha256?: string;
};

/**
 * Computes a statement again from its file, offline: signature, uses, price, fee, split, sums. A bad file never throws;
 * what is wrong is in the details, with the line that has it. `key` is the line the instance publishes for documents, got
 * from elsewhere (C2SP signed-note verifier key); of several lines the one of the name in the file counts.
 *
 * @example
 * const signer = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const statement = await sealStatement({ format: 'clearway-statement-1', issuer: 'https://rights.example', number: 1,
 *   payee: { id: 'p-1', name: 'Mara Holt' }, currency: 'EUR', period: { to: at }, opening: '0', lines: [],
 *   movements: [], closing: '0', inPayout: { opening: '0', closing: '0' }, issuedAt: at,
 *   objectionUntil: at },
 *   { kid: 'd1', privateKey: signer.privateKey })
 * const verifierKey = await formatVerifierKey('rights.example/documents', signer.publicKey)
 * const file = writeStatementFile({ format: 'clearway-statement-file-1', verifierKey, statement, usage: {} })
 * (await verifyStatement(file, { key: verifierKey })).ok // => true
 * (await verifyStatement(file)).keyGiven // => false
 */
export async function verifyStatement(
  file: Uint8Array,
  options: { readonly key?: string | undefined } = {},
): Promise<StatementVerdict> {
  const checks: StatementCheck[] = [];
  const check: Check = async (name, run) => {
    const outcome = await run().then(
      (detail) => ({ ok: true, detail }),
      (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
    );
    checks.push({ name, ...outcome });
  };

  const read = await attempt(async () => {
    const value = readStatementFile(file);
    return { file: value, ...peekStatement(value.statement) };
  });
  const named = read.ok ? read.value.file.verifierKey : '';
  const keyText = options.key === undefined ? named : keyNamed(options.key, named);
  const key = await attempt(async () => {
    const parsed = await parseVerifierKey(keyText);
    return { ...parsed, fingerprint: await fingerprint(parsed.publicKey) };
  });
  await check('key', async () => {
    const { name, fingerprint: print } = unwrap(key);
    const about = `${name}, fingerprint ${print}`;
    if (options.key === undefined)
      throw new Error(`No key was given. The file says it is signed by ${about}.`);
    return about;
  });
  await check('file', async () => {
    const { document } = unwrap(read);
    if (named !== keyText) throw new Error('The file names another key than the one given.');
    const { payee, number, currency, lines } = document;
    return `statement ${number} of ${payee.name} in ${currency} with ${lines.length} lines`;
  });
  if (read.ok) {
    const { file: value, document: statement } = read.value;
    const publicKey = key.ok ? key.value.publicKey : undefined;
    await examine(check, { read: value, statement, publicKey });
  }
  return {
    ok: checks.every(({ ok }) => ok),
    keyGiven: options.key !== undefined,
    ...(key.ok ? { keyName: key.value.name, fingerprint: key.value.fingerprint } : {}),
    checks,
    ...(read.ok
      ? { statement: read.value.document, sha256: await sealedHash(read.value.file.statement) }
      : {}),
  };
}

type Examined = {
  readonly read: StatementFile;
  readonly statement: Statement;
  readonly publicKey: Uint8Array | undefined;
};
type Check = (name: StatementCheck['name'], run: () => Promise<string>) => Promise<void>;

/** All checks are made, also after one that failed: a good signature does not make wrong sums right. */
async function examine(check: Check, { read, statement, publicKey }: Examined): Promise<void> {
  const { lines, movements, opening, closing, currency } = statement;
  await check('signature', async () => {
    if (publicKey === undefined) throw new Error('Without a good key it cannot be checked.');
    await openStatement(read.statement, () => publicKey);
    return `sealed for ${statement.issuer}, ${statement.issuedAt}`;
  });
  const uses = lines.reduce((sum, line) => sum + line.usage.count, 0);
  const found = (faults: readonly string[], right: string) => {
    if (faults.length === 0) return right;
    const more = faults.length > 5 ? `; and ${faults.length - 5} more` : '';
    throw new Error(`${faults.slice(0, 5).join('; ')}${more}.`);
  };
  await check('usage', async () =>
    found(await usageFaults(statement, read.usage), `${uses} counted uses, each line's under its hash`),
  );
  await check('price', async () =>
    found(priceFaults(statement), `units × price is what was rated, ${lines.length} lines`),
  );
  await check('fee', async () => found(feeFaults(statement), `the fee of ${lines.length} lines`));
  await check('split', async () =>
    found(splitFaults(statement), `the split of ${lines.length} lines by the largest remainder`),
  );
  await check('sum', async () =>
    found(
      sumFaults(statement),
      `${opening} + ${lines.length} lines + ${movements.length} movements = ${closing} millionths of ${currency}`,
    ),
  );
  await check('order', async () => found(orderFaults(statement), 'nothing twice, nothing of another period'));
}

/**
 * The hash by which the next statement names this one: SHA-256 of the sealed text, hexadecimal.
 *
 * @example
 * (await sealedHash('a.b.c')).length // => 64
 */
export async function sealedHash(sealed: string): Promise<string> {
  return toHex(await sha256(utf8(sealed)));
}

/**
 * Whether statements of one payee in one currency continue each other: numbers without a gap, each naming the hash of the
 * one before and opening where it closed. In any order; one statement alone always does. Answers what is wrong.
 *
 * @example
 * chainFaults([]) // => []
 */
export function chainFaults(verdicts: readonly StatementVerdict[]): string[] {
  const faults: string[] = [];
  const chains = new Map<string, StatementVerdict[]>();
  for (const verdict of verdicts) {
    const { statement } = verdict;
    if (statement === undefined) continue;
    const key = `${statement.issuer} ${statement.payee.id} ${statement.currency}`;
    chains.set(key, [...(chains.get(key) ?? []), verdict]);
  }
  for (const chain of chains.values()) {
    chain.sort((a, b) => a.statement!.number - b.statement!.number);
    for (const [i, { statement }] of chain.entries()) {
      const before = chain[i - 1];
      if (before?.statement === undefined || statement === undefined) continue;
      const about = `statement ${statement.number} of ${statement.payee.name} in ${statement.currency}`;
      if (statement.number !== before.statement.number + 1) {
        faults.push(`${about} does not follow ${before.statement.number}`);
        continue;
      }
      if (statement.previous !== before.sha256) faults.push(`${about} names another statement before it`);
      if (
        statement.opening !== before.statement.closing ||
        statement.inPayout.opening !== before.statement.inPayout.closing
      ) {
        faults.push(`${about} does not open where the one before closed`);
      }
      if (statement.period.from !== before.statement.period.to) {
        faults.push(`${about} does not begin where the one before ended`);
      }
    }
  }
  return faults;
}
