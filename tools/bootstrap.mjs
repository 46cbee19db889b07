// Runs on whatever Node (>= 20) the machine has, with built-ins only: installs what is missing,
// and answers where the repository's own Node 24 lies. Everything else runs on that one.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs dependencies when they are missing or older than the lockfile. */
export function ensureInstalled() {
  const stamp = join(root, 'node_modules', '.clearway-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing dependencies (once) ...');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const done = spawnSync(command, [...first, 'ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) fail('Dependencies could not be installed. See the npm message above.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** The path of Node 24: the repository's own, else the running one when it is new enough. */
export function node24() {
  const own = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `Clearway needs Node 24; this machine runs ${process.versions.node} and no bundled Node fits it.`,
  );
}

/** Runs a command to its end, passing its output through; answers its exit code. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (done.error) throw done.error;
  return done.status ?? 1;
}

/** Compiles all packages; a no-op when nothing changed. */
export function build() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const code = run(node24(), [tsc, '-b'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) fail('The build failed. See the compiler messages above.');
  const assets = run(node24(), [join(root, 'tools', 'copy-assets.mjs')], { stdio: ['ignore', 2, 2] });
  if (assets !== 0) fail('Copying migrations and styles beside the build failed.');
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
