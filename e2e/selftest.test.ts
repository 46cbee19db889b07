import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatVerifierKey, generateKeyPair, verifyFolder } from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderReader } from '../packages/cli/src/folder.ts';

const ROOT = join(import.meta.dirname, '..');
const CLEARWAY = join(ROOT, 'packages', 'cli', 'bin', 'clearway.mjs');
const WORKS = process.env.CLEARWAY_WORKS ?? join(ROOT, '..', 'shared', 'works');
const missing = !existsSync(WORKS);
if (missing) console.warn(`The selftest with other works is not run: ${WORKS} is not here (CLEARWAY_WORKS).`);

let directory: string;
const at = (name: string) => join(directory, name);

/** Runs the built command to its end. */
function clearway(...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(process.execPath, [CLEARWAY, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'selftest-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the selftest', () => {
  it('holds on the works that come with the project', async () => {
    const { code, said } = await clearway('selftest', '--out', at('proof'));
    expect(code, said).toBe(0);
    for (let step = 0; step <= 7; step++)
      expect(said).toMatch(new RegExp(`^✓ ${step}\\. .+ \\(\\d+ ms\\) → .+`, 'm'));
    expect(filesOf(at('proof')).length).toBeGreaterThan(15);
  });

  it.skipIf(missing)(`holds on other works${missing ? ' (not here)' : ''}`, async () => {
    const { code, said } = await clearway('selftest', '--works', WORKS, '--out', at('other'));
    expect(code, said).toBe(0);
    expect((await clearway('verify', at('other'), '--key', at('other.pub'))).code).toBe(0);
    // The log of another instance is another log.
    expect((await clearway('verify', at('other'), '--key', at('proof.pub'))).code).toBe(1);
  });

  it('does not write into a folder that is there', async () => {
    const { code, said } = await clearway('selftest', '--out', at('proof'));
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('exists already') });
  });
});

describe('the proof folder', () => {
  it('verifies against its key; without a key it only says whose it claims to be', async () => {
    const verified = await clearway('verify', at('proof'), '--key', at('proof.pub'));
    expect(verified).toMatchObject({ code: 0, said: expect.stringContaining('Everything holds.') });
    const alone = await clearway('verify', at('proof'));
    expect(alone.code).toBe(2);
    const { fingerprint } = JSON.parse((await clearway('verify', at('proof'), '--json')).said) as {
      fingerprint: string;
    };
    expect(fingerprint).toMatch(/^(?:[0-9a-f]{4} ?){16}$/);
    expect(alone.said).toContain(fingerprint);
  });

  it('is refused with another key of the same name', async () => {
    const [name = ''] = readFileSync(at('proof.pub'), 'utf8').split('+');
    const { publicKey } = await generateKeyPair();
    writeFileSync(at('stranger.pub'), `${await formatVerifierKey(name, publicKey)}\n`);
    expect((await clearway('verify', at('proof'), '--key', at('stranger.pub'))).code).toBe(1);
  });

  it('is refused after one byte of any file was changed', { timeout: 120_000 }, async () => {
    const key = readFileSync(at('proof.pub'), 'utf8').trim();
    const verify = (folder: string) => verifyFolder({ ...folderReader(folder), verifierKey: key });
    expect((await verify(at('proof'))).ok).toBe(true);
    const paths = filesOf(at('proof'));
    expect(paths.length).toBeGreaterThan(15);
    for (const [i, path] of paths.entries()) {
      const copy = at(`changed-${i}`);
      cpSync(at('proof'), copy, { recursive: true });
      const target = path.replace(at('proof'), copy);
      const bytes = readFileSync(target);
      const place = (i * 7_919 + 13) % bytes.length;
      bytes[place] = bytes[place]! ^ 1;
      writeFileSync(target, bytes);
      expect({ path, ok: (await verify(copy)).ok }).toEqual({ path, ok: false });
      // So does the program; to start it for each file would be most of the work.
      if (i % 8 === 0) expect((await clearway('verify', copy, '--key', at('proof.pub'))).code).toBe(1);
      rmSync(copy, { recursive: true });
    }
  });

  it('is refused after a file was added or taken away', async () => {
    const [first = ''] = filesOf(at('proof')).filter((path) => path.includes('records'));
    const changes: ((copy: string) => void)[] = [
      (copy) => writeFileSync(join(copy, 'more.txt'), 'x'),
      (copy) => rmSync(first.replace(at('proof'), copy)),
    ];
    const codes = await Promise.all(
      changes.map(async (change, i) => {
        cpSync(at('proof'), at(`copy-${i}`), { recursive: true });
        change(at(`copy-${i}`));
        return (await clearway('verify', at(`copy-${i}`), '--key', at('proof.pub'))).code;
      }),
    );
    expect(codes).toEqual([1, 1]);
    expect((await clearway('verify', at('proof'), '--key', at('proof.pub'))).code).toBe(0);
  });
});
