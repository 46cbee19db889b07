import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestCertificate } from '@clearway/net/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'clearway-tls-'));
  for (const [name, pem] of Object.entries(
    createTestCertificate(['localhost', 'lighthouse-press.example']),
  )) {
    writeFileSync(join(directory, `${name}.pem`), pem, { mode: 0o600 });
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

function play(environment: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'tls-loop.ts'), directory], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

it('the whole loop holds over TLS with a throw-away authority', () => {
  const done = play({ NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') });
  expect(done.stdout, `${done.stdout}${done.stderr}`).toMatch(/All \d+ steps hold/);
  expect(done.stdout).toContain('https://localhost:');
  expect(done.status).toBe(0);
});

it('and fails where that authority is not trusted', () => {
  const done = play({ NODE_EXTRA_CA_CERTS: '' });
  expect(done.status).not.toBe(0);
  expect(done.stdout).not.toContain('steps hold');
});
