import { readFileSync, statSync } from 'node:fs';
import { verifyFolder } from '@clearway/protocol';
import type { Command } from 'commander';
import type { FileVerdict } from './file-verdict.ts';
import { folderReader } from './folder.ts';
import { verifyFile } from './verify-file.ts';
import { isStatementFolder, verifyStatements } from './verify-statements.ts';

/** Exit codes: 0 everything holds, 1 something does not, 2 it holds but no key was given to hold it against. */
export const VERIFY_EXIT = { ok: 0, refused: 1, noKey: 2 } as const;

/** `clearway verify <path>`: checks a proof folder or a signed file offline. */
export function addVerify(program: Command): void {
  program
    .command('verify <path>')
    .description('Check a proof folder, evidence, a statement or a folder of statements offline')
    .option('--key <file>', 'file with the public key, got from elsewhere')
    .option('--json', 'print the result as JSON')
    .action(async (path: string, options: { key?: string; json?: boolean }) => {
      const key = options.key === undefined ? undefined : readFileSync(options.key, 'utf8').trim();
      const result = await verifyPath(path, key);
      process.exitCode = exitCode(result);
      if (options.json) console.log(JSON.stringify(result, null, 2));
      else print(result, statSync(path).isDirectory() ? 'folder' : 'file');
    });
}

async function verifyPath(path: string, key: string | undefined): Promise<FileVerdict> {
  if (!statSync(path).isDirectory()) return verifyFile(path, key);
  if (isStatementFolder(path)) return verifyStatements(path, key);
  return verifyFolder({ ...folderReader(path), ...(key ? { verifierKey: key } : {}) });
}

function print(result: FileVerdict, what: 'folder' | 'file'): void {
  for (const { name, ok, detail } of result.checks)
    console.log(`${ok ? '✓' : '✗'} ${name}${detail ? `: ${detail}` : ''}`);
  const code = exitCode(result);
  if (code !== VERIFY_EXIT.refused && result.says) console.log(`\n${result.says.join('\n')}`);
  if (code === VERIFY_EXIT.noKey) {
    console.log(
      `\nThe ${what} is whole, but nobody said whose it is. It names this key:\n  ${result.fingerprint}`,
    );
    console.log(
      'Compare it with the key the instance publishes elsewhere, then run again with --key <file>.',
    );
  } else console.log(result.ok ? '\nEverything holds.' : `\nThis ${what} is not what was signed.`);
}

function exitCode(result: FileVerdict): number {
  if (result.ok) return VERIFY_EXIT.ok;
  const others = result.checks.filter((check) => check.name !== 'key').every((check) => check.ok);
  const key = result.checks.some((check) => check.name === 'key');
  return key && !result.keyGiven && others ? VERIFY_EXIT.noKey : VERIFY_EXIT.refused;
}
