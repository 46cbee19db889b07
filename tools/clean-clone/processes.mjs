import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_LIMIT = 20_000;
const RUN_LIMIT = 20 * 60_000;

/** Processes that work in a folder or were started with its path. */
export function processesBelow(folder) {
  const found = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    if (Number(name) === process.pid) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      const inside =
        command.includes(`${folder}/`) || `${readlinkSync(`/proc/${name}/cwd`)}/`.startsWith(`${folder}/`);
      if (inside) found.push({ pid: Number(name), command });
    } catch (error) {
      // It ended meanwhile, or belongs to somebody else.
      if (!['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) throw error;
    }
  }
  return found;
}

/** A port nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs npm in the clone to its end and answers what it printed; throws when it fails. */
export async function runToEnd(clone, args, env = {}) {
  const child = startNpm(clone, args, env);
  const timer = setTimeout(() => kill(-child.pid, 'SIGKILL'), RUN_LIMIT);
  const code = await child.ended;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}\n${tail(child.output())}`);
  return child.output();
}

/** Starts npm in the clone as a program that serves until it is told to stop. */
export function startServer(clone, args) {
  const child = startNpm(clone, args, {});
  const started = Date.now();
  let code;
  child.ended.then((ended) => {
    code = ended;
  });

  async function waitUntil(condition, limit, failure) {
    const end = Date.now() + limit;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`${failure()}\n${tail(child.output())}`);
      await sleep(50);
    }
  }

  return {
    /** Milliseconds until the address answers 200. */
    async firstPage(url, limit) {
      const answered = async () => {
        if (code !== undefined) throw new Error(`ended with ${code}\n${tail(child.output())}`);
        return (await statusOf(url)) === 200;
      };
      await waitUntil(answered, limit, () => `no page within ${limit / 1000} s`);
      return Date.now() - started;
    },
    /** Presses Ctrl-C, as a terminal does: the signal goes to the whole group. */
    async interrupt() {
      const asked = Date.now();
      kill(-child.pid, 'SIGINT');
      await waitUntil(
        () => code !== undefined,
        STOP_LIMIT,
        () => 'does not stop on SIGINT',
      );
      if (code !== 0 && code !== 130 && code !== 'SIGINT') {
        throw new Error(`ended with ${code} on SIGINT\n${tail(child.output())}`);
      }
      const left = () => processesBelow(clone.base);
      await waitUntil(
        () => left().length === 0,
        STOP_LIMIT,
        () => `left running: ${left()[0]?.command}`,
      );
      return Date.now() - asked;
    },
    async kill() {
      kill(-child.pid, 'SIGKILL');
      await child.ended;
    },
  };
}

function startNpm(clone, args, env) {
  const asUser =
    clone.uid === undefined
      ? []
      : ['setpriv', `--reuid=${clone.uid}`, `--regid=${clone.uid}`, '--clear-groups', '--'];
  const [command, ...rest] = [...asUser, 'npm', ...args];
  const child = spawn(command, rest, {
    cwd: clone.folder,
    env: { ...clone.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      output += text;
    });
  }
  child.output = () => output;
  child.ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    // `exit` and not `close`: what a lost grandchild keeps open must not keep us waiting.
    child.once('exit', (code, signal) => setImmediate(() => resolve(code ?? signal)));
  });
  return child;
}

/** Sends a signal to a process, or with a negative number to a group, unless it has ended. */
export function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function statusOf(url) {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('timeout', () => request.destroy());
    // Nobody listens yet.
    request.once('error', () => resolve(0));
  });
}

function tail(output) {
  return output.trimEnd().split('\n').slice(-30).join('\n');
}
