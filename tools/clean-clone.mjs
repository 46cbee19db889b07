// Proves the promise of the README in fresh clones with an empty home: `npm start`, `npm test`, selftest and verify,
// as root below a 0700 folder (without `npm test`, when both are tried) and as a plain user. Built-ins of Node 20 only.
//   --only=start,test,selftest   some of the parts        --user=root,plain   some of the users
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { createClone, removeClone } from './clean-clone/clone.mjs';
import { freePort, runToEnd, startServer } from './clean-clone/processes.mjs';

const SECOND = 1000;
const FIRST_START = { goal: 60, limit: 180 };
const SECOND_START = { goal: 5, limit: 15 };
// `nobody`, which every machine has: PostgreSQL refuses a user without an entry in the user database.
const PLAIN_UID = 65534;

const chosen = (flag, all) => {
  const given = process.argv.find((argument) => argument.startsWith(`--${flag}=`));
  return given ? given.slice(flag.length + 3).split(',') : all;
};
const parts = chosen('only', ['start', 'test', 'selftest']);
const isRoot = process.getuid?.() === 0;
const users = chosen('user', isRoot ? ['root', 'plain'] : ['plain']);
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs one check; after a failed one the rest of the same clone would only repeat its cause. */
async function check(state, name, action) {
  if (state.broken) {
    counts.skipped += 1;
    console.log(`  - ${name}: not tried`);
    return;
  }
  const started = Date.now();
  try {
    const said = await action();
    counts.passed += 1;
    console.log(`  ✓ ${name}: ${said ?? `${((Date.now() - started) / SECOND).toFixed(1)} s`}`);
  } catch (error) {
    state.broken = true;
    counts.failed += 1;
    console.log(`  ✗ ${name}: ${error.message}`);
  }
}

/** Starts, waits for the first page, presses Ctrl-C, and wants nothing left behind. */
async function startAndStop(clone, { goal, limit }) {
  const port = await freePort();
  const server = startServer(clone, ['start', '--', '--port', String(port)]);
  let seconds;
  try {
    seconds = (await server.firstPage(`http://127.0.0.1:${port}/`, limit * SECOND)) / SECOND;
  } catch (error) {
    await server.kill();
    throw error;
  }
  const stopped = await server.interrupt();
  const late = seconds > goal ? `, over the goal of ${goal} s` : '';
  return `first page after ${seconds.toFixed(1)} s${late}; stopped in ${(stopped / SECOND).toFixed(1)} s`;
}

/** Folders with test vectors and works that lie beside the repository on some machines. */
function sharedFolders() {
  const found = {};
  for (const [name, folder] of [
    ['CLEARWAY_VECTORS', 'vectors'],
    ['CLEARWAY_WORKS', 'works'],
  ]) {
    const path = process.env[name] ?? join(root, '..', 'shared', folder);
    if (existsSync(path)) found[name] = path;
  }
  return found;
}

async function testClone(user) {
  console.log(`${user === 'root' ? 'as root below a 0700 folder' : 'as a plain user'}:`);
  const clone = createClone(root, user === 'plain' && isRoot ? PLAIN_UID : undefined);
  const state = { broken: false };
  try {
    if (parts.includes('start')) {
      await check(state, 'first start', () => startAndStop(clone, FIRST_START));
      await check(state, 'second start', () => startAndStop(clone, SECOND_START));
    }
    // The check that runs this has just run the tests as root, on the same files.
    if (parts.includes('test') && (user === 'plain' || users.length === 1)) {
      await check(state, 'npm test', async () => {
        const output = await runToEnd(clone, ['test'], user === 'root' ? sharedFolders() : {});
        const last = output.trimEnd().split('\n').at(-1) ?? '';
        if (!/^[1-9]\d* passed, 0 failed(?:, \d+ skipped)?$/.test(last))
          throw new Error(`last line: ${last}`);
        return last;
      });
    }
    if (parts.includes('selftest')) {
      const out = join(clone.base, 'selftest');
      const command = (...args) => runToEnd(clone, ['run', 'clearway', '--', ...args]).then(() => undefined);
      await check(state, 'selftest', () => command('selftest', '--out', out));
      await check(state, 'verify', () => command('verify', out, '--key', `${out}.pub`));
    }
  } finally {
    removeClone(clone);
  }
}

const dirty = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
if (dirty.stdout.trim() !== '') console.log('note: changes that are not committed are not tested');
for (const user of users) await testClone(user);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
if (process.env.CLEARWAY_COUNTS) writeFileSync(process.env.CLEARWAY_COUNTS, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
