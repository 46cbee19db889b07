import { openKernel, readConfig, verifyBooks } from '@clearway/server';
import type { Command } from 'commander';

/** `clearway books verify`: looks whether what is stored still is what was written; exit 1 when something is not. */
export function addBooks(program: Command): void {
  program
    .command('books')
    .description('The books of an instance')
    .command('verify')
    .description('Check journals, balances, usage and shares row by row, also while the instance runs')
    .option('--data <dir>', 'data directory')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json, ...given }: { data?: string; json?: boolean }) => {
      const { k, close } = await openKernel(readConfig(process.env, given), 'join');
      try {
        const findings = await verifyBooks(k);
        const ok = findings.every((finding) => finding.ok);
        if (json) console.log(JSON.stringify({ ok, findings }, null, 2));
        else {
          for (const finding of findings)
            console.log(`${finding.ok ? '✓' : '✗'} ${finding.name}: ${finding.detail}`);
          console.log(ok ? '\nThe books are OK.' : '\nThe books are not what was written.');
        }
        if (!ok) process.exitCode = 1;
      } finally {
        await close();
      }
    });
}
