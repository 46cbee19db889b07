// `npm run clearway -- <command>`: the command line from a checkout, built first when sources changed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, ensureInstalled, node24, root } from './bootstrap.mjs';

/** Builds, then becomes the command line: signals and the exit code pass through. */
export function runClearway(args) {
  ensureInstalled();
  build();
  const child = spawn(node24(), [join(root, 'packages', 'cli', 'bin', 'clearway.mjs'), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, CLEARWAY_DATA: process.env.CLEARWAY_DATA ?? join(root, 'data') },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) runClearway(process.argv.slice(2));
