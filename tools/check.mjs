// `npm run check`: everything CI runs. `--long` adds soaks and long kill loops, and starts properties from a new seed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, ensureInstalled, root } from './bootstrap.mjs';
import { fastSteps, runSteps } from './steps.mjs';

ensureInstalled();
build();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const long = process.argv.includes('--long');
if (long) {
  process.env.CLEARWAY_SEED ??= String(Date.now() % 1_000_000_000);
  console.log(`CLEARWAY_SEED=${process.env.CLEARWAY_SEED}`);
}
const debian15 = '/usr/lib/postgresql/15/bin';
if (!existsSync(debian15))
  console.error(`PostgreSQL 15 is not at ${debian15}: install Debian's postgresql-15, as .ci/run does.`);
runSteps([
  { name: 'lockfile', args: ['tools/complete-lockfile.mjs', '--check'] },
  ...fastSteps(),
  { name: 'benches, once and small', args: ['--conditions=clearway-source', 'bench/smoke.ts'] },
  {
    name: 'damaged texts for every parser, a few',
    args: ['--conditions=clearway-source', 'conformance/fuzz/run.ts'],
    env: { FUZZ_RUNS: process.env.FUZZ_RUNS ?? '20000' },
  },
  { name: 'crash sweeps', args: [vitest, 'run', '--project', 'sweep'], counts: true },
  {
    name: 'server on PostgreSQL 15',
    args: [vitest, 'run', '--project', 'fast', 'packages/server'],
    counts: true,
    env: { CLEARWAY_TEST_PG_BIN: debian15 },
  },
  {
    name: 'end to end',
    args: [vitest, 'run', '--project', 'e2e'],
    counts: true,
    env: long ? { CLEARWAY_LONG: '1' } : {},
  },
  { name: 'clean clone', args: ['tools/clean-clone.mjs'], counts: true },
]);
