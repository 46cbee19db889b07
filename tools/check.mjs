// `npm run check`: everything CI runs. `--long` adds soaks and long kill loops.
import { join } from 'node:path';
import { build, ensureInstalled, root } from './bootstrap.mjs';
import { fastSteps, runSteps } from './steps.mjs';

ensureInstalled();
build();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const long = process.argv.includes('--long');
runSteps([
  { name: 'lockfile', args: ['tools/complete-lockfile.mjs', '--check'] },
  ...fastSteps(),
  {
    name: 'end to end',
    args: [vitest, 'run', '--project', 'e2e'],
    counts: true,
    env: long ? { CLEARWAY_LONG: '1' } : {},
  },
  { name: 'clean clone', args: ['tools/clean-clone.mjs'], counts: true },
]);
