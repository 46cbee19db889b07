import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendLeaves,
  canonicalize,
  createNodeMap,
  evidenceLeafRecord,
  evidenceWords,
  formatCheckpoint,
  formatVerifierKey,
  generateKeyPair,
  type ListedSignature,
  makeLeaf,
  rootHash,
  SIGNATURE_LIST_FILE_FORMAT,
  type Statement,
  sealEvidence,
  sealedHash,
  sealSignatureList,
  sealStatement,
  signatureListHash,
  signNote,
  toHex,
  writeEvidenceFile,
  writeStatementFile,
} from '@clearway/protocol';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addVerify } from './verify-command.ts';

let folder: string;
let file: string;
let key: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearway-verify-'));
  file = join(folder, 'evidence.json');
  key = join(folder, 'instance.pub');
  const signer = { name: 'rights.example/log', ...(await generateKeyPair()) };
  const verifierKey = await formatVerifierKey(signer.name, signer.publicKey);
  const at = '2026-11-22T12:00:00.000Z';
  const about = { client: 'RudeBot', works: [], period: { from: at, to: at } };
  const facts = { about, timeline: [], terms: [], named: [], reports: [], records: [] };
  const evidence = await sealEvidence(
    {
      format: 'clearway-evidence-1',
      issuer: 'https://rights.example',
      case: { id: 'case-1', openedAt: at },
      ...facts,
      ...{ offers: [], gates: [], segments: [], licenses: [], licenseKeys: [] },
      ...evidenceWords(facts),
    },
    signer,
  );
  const salt = new Uint8Array(32).fill(3);
  const record = await evidenceLeafRecord('case-1', evidence);
  const { hash } = await makeLeaf({ type: 'evidence-sealed', record, salt });
  const nodes = createNodeMap();
  nodes.add(await appendLeaves(0, [hash], nodes.read));
  const root = await rootHash(1, nodes.read);
  const checkpoint = await signNote(
    formatCheckpoint({ origin: signer.name, size: 1, rootHash: root }),
    signer,
  );
  const log = { salt: toHex(salt), index: 0, inclusionProof: [], checkpoint };
  writeFileSync(file, writeEvidenceFile({ format: 'clearway-evidence-file-1', verifierKey, evidence, log }));
  const documents = await formatVerifierKey('rights.example/documents', (await generateKeyPair()).publicKey);
  writeFileSync(key, `${documents}\n${verifierKey}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as people do; answers its exit code and what it printed. */
async function run(...args: string[]): Promise<{ code: number; printed: string }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const program = new Command('clearway').exitOverride();
  addVerify(program);
  try {
    await program.parseAsync(['verify', ...args], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), printed: lines.join('\n') };
  } finally {
    log.mockRestore();
    process.exitCode = undefined;
  }
}

test('an evidence file holds with the key got elsewhere, and says what it shows and what not', async () => {
  const { code, printed } = await run(file, '--key', key);
  expect(code).toBe(0);
  expect(printed).toContain('✓ log');
  expect(printed).toContain('What it does not show');
  expect(printed).toContain('calling itself “RudeBot”');
  expect(printed).toContain('Everything holds.');
  expect(JSON.parse((await run(file, '--key', key, '--json')).printed)).toMatchObject({ ok: true });
});

test('without a key it says whose it would be', async () => {
  const { code, printed } = await run(file);
  expect(code).toBe(2);
  expect(printed).toContain('The file is whole, but nobody said whose it is');
});

test('a changed byte, and a file that is nothing of ours, do not hold', async () => {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  const changed = join(folder, 'changed.json');
  writeFileSync(changed, bytes);
  expect((await run(changed, '--key', key)).code).toBe(1);
  const other = join(folder, 'other.json');
  writeFileSync(other, '{"hello":1}');
  const { code, printed } = await run(other, '--key', key);
  expect([code, printed.includes('no file that can be verified')]).toEqual([1, true]);
});

test('a list of signatures holds, people and organisations apart', async () => {
  const { privateKey, publicKey } = await generateKeyPair();
  const verifierKey = await formatVerifierKey('rights.example/documents', publicKey);
  const own = join(folder, 'list.pub');
  writeFileSync(own, verifierKey);
  const signedAt = '2026-11-01T10:00:00.000Z';
  const about = { craft: 'author', country: 'DE', checks: [], signedAt };
  const signatures: ListedSignature[] = [
    { id: 'a-1', kind: 'person', name: 'Ada Oduya', ...about },
    { id: 'a-2', kind: 'organisation', name: 'Guild of the Quay', ...about },
  ];
  const write = async (organisations: number) => {
    const seal = await sealSignatureList(
      {
        format: 'clearway-signatures-2',
        issuer: 'https://rights.example',
        declaration: { version: 1, sha256: 'a'.repeat(64) },
        ...{ people: 3, hiddenPeople: 2, organisations, hiddenOrganisations: 1 },
        listSha256: await signatureListHash(signatures),
        csvSha256: 'b'.repeat(64),
        issuedAt: '2026-11-02T00:00:00.000Z',
      },
      { kid: 'documents', privateKey },
    );
    const list = join(folder, 'signatures.json');
    writeFileSync(list, canonicalize({ format: SIGNATURE_LIST_FILE_FORMAT, seal, signatures, verifierKey }));
    return run(list, '--key', own);
  };
  const { code, printed } = await write(2);
  expect([code, printed.includes('3 people, 2 of them hide their name.')]).toEqual([0, true]);
  expect(printed).toContain('2 organisations, 1 of them hide their name.');
  const wrong = await write(3);
  expect(wrong.code).toBe(1);
  expect(wrong.printed).toContain('✗ organisations: 1 organisations named, 3 counted, 1 hidden.');
});

test('statements of a folder are computed again, and whether they continue each other', async () => {
  const pair = await generateKeyPair();
  const verifierKey = await formatVerifierKey('rights.example/documents', pair.publicKey);
  const own = join(folder, 'documents.pub');
  writeFileSync(own, `${verifierKey}\n`);
  const statements = join(folder, 'statements');
  mkdirSync(statements);
  const at = (month: string) => `2026-${month}-01T00:00:00.000Z`;
  const write = async (name: string, change: Partial<Statement>) => {
    const statement = await sealStatement(
      {
        format: 'clearway-statement-1',
        issuer: 'https://rights.example',
        number: 1,
        payee: { id: 'p-1', name: 'Mara Holt' },
        currency: 'EUR',
        period: { to: at('10') },
        opening: '0',
        lines: [],
        movements: [],
        closing: '0',
        inPayout: { opening: '0', closing: '0' },
        issuedAt: at('11'),
        objectionUntil: at('12'),
        ...change,
      },
      { kid: 'd1', privateKey: pair.privateKey },
    );
    const content = { format: 'clearway-statement-file-1', verifierKey, statement, usage: {} } as const;
    writeFileSync(join(statements, name), writeStatementFile(content));
    return sealedHash(statement);
  };
  const previous = await write('1.json', {});
  const second = { number: 2, period: { from: at('10'), to: at('11') }, previous };
  await write('2.json', second);
  const one = await run(join(statements, '1.json'), '--key', own);
  expect([one.code, one.printed.includes('Statement 1 of Mara Holt')]).toEqual([0, true]);
  const both = await run(statements, '--key', own);
  expect([both.code, both.printed.includes('✓ chain: 2 statements continue')]).toEqual([0, true]);
  expect((await run(statements)).code).toBe(2);

  await write('2.json', { ...second, closing: '500000' });
  const wrong = await run(join(statements, '2.json'), '--key', own);
  expect(wrong.code).toBe(1);
  expect(wrong.printed).toContain('✓ signature');
  expect(wrong.printed).toContain('✗ sum: opening, lines and movements make 0, it says 500000');
  await write('2.json', { ...second, previous: 'ab'.repeat(32) });
  const broken = await run(statements, '--key', own);
  expect([broken.code, broken.printed.includes('names another statement before it')]).toEqual([1, true]);
  expect((await run(statements, '--key', key)).code).toBe(1);
});
