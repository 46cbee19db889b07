// A list of checks run one after the other, with one closing line: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24, root } from './bootstrap.mjs';

/**
 * Runs steps `{ name, command, args, env?, counts? }`. A step counts as one check; one that sets `counts`
 * writes a JSON file `{ passed, failed, skipped, failures }` to the path in CLEARWAY_COUNTS and counts as those.
 * What failed is said again at the end, since the end is what a reader of a long log sees.
 */
export function runSteps(steps) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const broken = [];
  const failures = [];
  for (const step of steps) {
    const started = Date.now();
    const countsFile = join(tmpdir(), `clearway-counts-${process.pid}.json`);
    rmSync(countsFile, { force: true });
    console.log(`\n▸ ${step.name}`);
    const done = spawnSync(step.command ?? node24(), step.args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...step.env, CLEARWAY_COUNTS: countsFile },
    });
    const ok = done.status === 0;
    if (step.counts && existsSync(countsFile)) {
      const counts = JSON.parse(readFileSync(countsFile, 'utf8'));
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      failures.push(...(counts.failures ?? []).map((one) => `${step.name}: ${one}`));
      // A runner that dies after its last test must not look like a success.
      if (!ok && counts.failed === 0) total.failed += 1;
    } else {
      total[ok ? 'passed' : 'failed'] += 1;
    }
    rmSync(countsFile, { force: true });
    if (!ok) broken.push(step.name);
    console.log(`${ok ? '✓' : '✗'} ${step.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
  if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
  for (const one of failures) console.log(`\n✗ ${one}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exit(total.failed === 0 && broken.length === 0 ? 0 : 1);
}

/** The checks of `npm test`, also the first part of `npm run check`. */
export function fastSteps() {
  const bin = (name, file) => join(root, 'node_modules', name, file);
  return [
    {
      name: 'format and lint',
      args: [bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.'],
    },
    { name: 'types', args: [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.test.json'] },
    { name: 'reference', args: ['tools/gen-reference.ts', '--check'] },
    { name: 'architecture', args: ['--conditions=clearway-source', 'tools/check-architecture.ts'] },
    {
      name: 'unit and integration',
      args: [bin('vitest', 'vitest.mjs'), 'run', '--project', 'fast'],
      counts: true,
    },
  ];
}
