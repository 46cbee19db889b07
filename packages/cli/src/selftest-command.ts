import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exampleWorks, runSelftest } from './selftest/run-selftest.ts';

/** `clearway selftest`: plays every side on a fresh instance over real HTTP. */
export function addSelftest(program: Command): void {
  program
    .command('selftest')
    .description('Play every step on a fresh instance and leave a proof that verifies offline')
    .option('--out <dir>', 'folder for the proof; the public key is written to <dir>.pub')
    .option('--works <dir>', 'folder with the works to register')
    .action(async (options: { out?: string; works?: string }) => {
      const from = process.env.INIT_CWD ?? process.cwd();
      await runSelftest({
        works: options.works === undefined ? exampleWorks() : resolve(from, options.works),
        out: options.out === undefined ? undefined : resolve(from, options.out),
        report: (line) => console.log(line),
      });
    });
}
