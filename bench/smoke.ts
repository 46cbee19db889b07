// Runs the benches of `rsl` once with the smallest numbers: they must end well; how fast does not matter here.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const benches = [
  ['rsl-parse.ts', '1', '3'],
  ['rsl-evaluate.ts', '1', '3'],
  ['rsl-patterns.ts', '2000', '1000'],
  ['rsl-hostile.ts', '1100000'],
];
for (const [name, ...args] of benches) {
  const script = join(import.meta.dirname, name!);
  const { status, stderr } = spawnSync(process.execPath, ['--conditions=clearway-source', script, ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  console.log(`${status === 0 ? 'ends well' : 'FAILED'}: ${name}`);
  if (status !== 0) {
    console.error(stderr);
    process.exitCode = 1;
  }
}
