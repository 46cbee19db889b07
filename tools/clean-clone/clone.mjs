import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, processesBelow } from './processes.mjs';

/** Settings that say where packages come from; everything else a newcomer does not have. */
const REGISTRY =
  /^(?:npm_config_(?:registry|proxy|https?[-_]proxy|noproxy|cafile|ca|strict[-_]ssl|fetch_.*|replace_registry_host|.*_auth.*)|https?_proxy|no_proxy|all_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir))$/i;

const open = new Set();
// Whoever interrupts this program leaves nothing behind either.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  for (const clone of open) removeClone(clone);
});

/**
 * A clone of the committed state in a fresh folder only its user may enter, with an empty home beside it.
 * With `uid`, everything belongs to that user, and commands are to be run as it.
 */
export function createClone(root, uid) {
  const base = mkdtempSync(join(tmpdir(), 'cw-'));
  chmodSync(base, 0o700);
  const clone = { base, uid, folder: join(base, 'clearway'), env: cleanEnvironment(base) };
  open.add(clone);
  for (const folder of ['home', 'tmp']) mkdirSync(join(base, folder), { mode: 0o700 });
  must('git', ['clone', '--quiet', '--no-local', `file://${root}`, clone.folder]);
  const settings = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc');
  if (existsSync(settings)) {
    // Where packages come from is needed; where this user caches them is not.
    const kept = readFileSync(settings, 'utf8').replace(/^\s*(?:cache|prefix|tmp)\s*=.*$/gm, '');
    writeFileSync(join(base, 'home', '.npmrc'), kept, { mode: 0o600 });
  }
  if (uid !== undefined) must('chown', ['-R', `${uid}:${uid}`, base]);
  return clone;
}

/** Ends what still runs in the clone and removes it. */
export function removeClone(clone) {
  for (const { pid } of processesBelow(clone.base)) kill(pid, 'SIGKILL');
  rmSync(clone.base, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  open.delete(clone);
}

function cleanEnvironment(base) {
  const registry = Object.entries(process.env).filter(([name]) => REGISTRY.test(name));
  return {
    ...Object.fromEntries(registry),
    PATH: process.env.PATH,
    HOME: join(base, 'home'),
    TMPDIR: join(base, 'tmp'),
    CI: 'true',
  };
}

function must(command, args) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) throw new Error(`${command} ${args[0]} failed`);
}
