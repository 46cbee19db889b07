import { readFileSync } from 'node:fs';
import { verifyFolder } from '@clearway/protocol';
import type { Command } from 'commander';
import { folderReader } from './folder.ts';

/** Exit codes: 0 everything holds, 1 something does not, 2 it holds but no key was given to hold it against. */
export const VERIFY_EXIT = { ok: 0, refused: 1, noKey: 2 } as const;

/** `clearway verify <dir>`: checks a proof folder offline. */
export function addVerify(program: Command): void {
  program
    .command('verify <folder>')
    .description('Check a proof folder offline')
    .option('--key <file>', 'file with the public key, got from elsewhere')
    .option('--json', 'print the result as JSON')
    .action(async (folder: string, options: { key?: string; json?: boolean }) => {
      const verifierKey = options.key === undefined ? undefined : readFileSync(options.key, 'utf8').trim();
      const result = await verifyFolder({ ...folderReader(folder), ...(verifierKey ? { verifierKey } : {}) });
      if (options.json) console.log(JSON.stringify(result, null, 2));
      else
        for (const { name, ok, detail } of result.checks)
          console.log(`${ok ? '✓' : '✗'} ${name}${detail ? `: ${detail}` : ''}`);
      process.exitCode = exitCode(result);
      if (options.json) return;
      if (process.exitCode === VERIFY_EXIT.noKey) {
        console.log(
          `\nThe folder is whole, but nobody said whose it is. It names this key:\n  ${result.fingerprint}`,
        );
        console.log(
          'Compare it with the key the instance publishes elsewhere, then run again with --key <file>.',
        );
      } else console.log(result.ok ? '\nEverything holds.' : '\nThis folder is not what was signed.');
    });
}

function exitCode(result: {
  ok: boolean;
  keyGiven: boolean;
  checks: readonly { name: string; ok: boolean }[];
}): number {
  if (result.ok) return VERIFY_EXIT.ok;
  const others = result.checks.filter((check) => check.name !== 'key').every((check) => check.ok);
  return !result.keyGiven && others ? VERIFY_EXIT.noKey : VERIFY_EXIT.refused;
}
