import { allMigrations, createOperatorLink, kernel, openKernel, readConfig } from '@clearway/server';
import type { Command } from 'commander';
import { checkSettings } from './check-settings.ts';

/** `clearway setup`: what the operator does on the machine itself. */
export function addSetup(program: Command): void {
  const setup = program
    .command('setup')
    .description('Set the instance up')
    .option('--check', 'print every setting with its source, and whether somebody said who runs this')
    .option('--data <dir>', 'data directory')
    .action(async ({ check, ...given }: { check?: boolean; data?: string }) => {
      if (!check) return setup.help();
      process.exitCode = (await checkSettings(given)) ? 0 : 1;
    });

  setup
    .command('operator-link')
    .description('Print a link that signs in the operator: one use, one hour')
    .option('--data <dir>', 'data directory')
    .option('--port <number>', 'port on which the instance runs')
    .option('--base-url <url>', 'where people reach the instance')
    .action(async (options: Record<string, string>) => {
      const { k, close } = await openKernel(readConfig(process.env, options), 'join');
      try {
        await kernel.migrate(k.db, allMigrations);
        console.log(await createOperatorLink(k));
      } finally {
        await close();
      }
    });
}
