import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainFaults, type StatementVerdict, verifyStatement } from '@clearway/protocol';
import type { FileVerdict } from './file-verdict.ts';

/** Computes one statement again. */
export async function verifyOneStatement(bytes: Uint8Array, key: string | undefined): Promise<FileVerdict> {
  return withWords(await verifyStatement(bytes, { key }));
}

/** Whether a folder holds statements as they were downloaded, rather than one proof. */
export function isStatementFolder(folder: string): boolean {
  const names = readdirSync(folder);
  return !names.includes('manifest.json') && names.some((name) => name.endsWith('.json'));
}

/** Computes every statement of a folder again, and whether they continue each other without a gap. */
export async function verifyStatements(folder: string, key: string | undefined): Promise<FileVerdict> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const verdicts: StatementVerdict[] = [];
  for (const name of names) verdicts.push(await verifyStatement(readFileSync(join(folder, name)), { key }));
  const faults = chainFaults(verdicts);
  const [first] = verdicts;
  const checks = verdicts.flatMap(({ checks: each }, i) =>
    each.map((check) => ({ ...check, name: check.name === 'key' ? 'key' : `${names[i]} ${check.name}` })),
  );
  const chain = {
    name: 'chain',
    ok: faults.length === 0,
    detail: faults.length === 0 ? `${names.length} statements continue each other` : faults.join('; '),
  };
  return {
    ok: faults.length === 0 && verdicts.every(({ ok }) => ok),
    keyGiven: key !== undefined,
    ...(first?.keyName === undefined ? {} : { keyName: first.keyName }),
    ...(first?.fingerprint === undefined ? {} : { fingerprint: first.fingerprint }),
    checks: [...checks, chain],
    says: verdicts.flatMap((verdict) => withWords(verdict).says ?? []),
  };
}

function withWords({ statement, sha256: _hash, ...verdict }: StatementVerdict): FileVerdict {
  if (statement === undefined) return verdict;
  const { number, payee, currency, period, opening, lines, closing } = statement;
  const earned = lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const says =
    `Statement ${number} of ${payee.name} to ${period.to}: ${decimal(opening)} before, ` +
    `${decimal(earned)} in ${lines.length} lines, ${decimal(closing)} ${currency} owed at the end.`;
  return { ...verdict, says: [says] };
}

function decimal(micro: bigint | string): string {
  const digits = String(micro).replace('-', '').padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, '')}`;
  return String(micro).startsWith('-') ? `-${text}` : text;
}
