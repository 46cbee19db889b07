import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UsageRecord } from '@clearway/protocol';
import { kill } from './processes.ts';

/** A gate that is killed and comes back on the same spool. */
export type GateProcess = {
  /** Where it listens, the same for all its lives. */
  port(): number;
  start(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it and kills it on the way up. */
  killWhileStarting(afterMs: number): Promise<void>;
  stop(): Promise<void>;
  /** Whether something it wrote is not delivered yet. */
  waits(): boolean;
  /** What lies in its journals, as whole lines; while it is dead. */
  journalled(): UsageRecord[];
  /** The sealed segments it delivered; while it is dead. */
  delivered(): string[];
};

const READY_MS = 20_000;
const JOURNAL = /^journal-/;
const SEGMENT = /\.jws$/;

/** `key` is a key file, `directory` the spool. */
export function createGateProcess(given: { key: string; instance: string; directory: string }): GateProcess {
  let child: ChildProcess | undefined;
  let port = 0;

  function launch(): ChildProcess {
    const script = join(import.meta.dirname, 'gate.ts');
    child = spawn(process.execPath, [script, JSON.stringify({ ...given, port })], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return child;
  }

  async function gone(one: ChildProcess): Promise<void> {
    if (one.exitCode === null && one.signalCode === null) await once(one, 'exit');
  }

  async function killIt(): Promise<void> {
    if (!child) return;
    kill(child.pid!);
    await gone(child);
  }

  function names(folder: string, wanted: RegExp): string[] {
    return readdirSync(join(given.directory, folder)).filter((name) => wanted.test(name));
  }

  return {
    port: () => port,
    async start() {
      const started = launch();
      let said = '';
      for (const stream of [started.stdout!, started.stderr!])
        stream.on('data', (chunk) => {
          said += chunk;
        });
      for (let waited = 0; waited < READY_MS; waited += 20) {
        const ready = /^ready (\d+)$/m.exec(said);
        if (ready) {
          port = Number(ready[1]);
          return;
        }
        if (started.exitCode !== null) throw new Error(`the gate did not start: ${said}`);
        await sleep(20);
      }
      throw new Error(`the gate was not ready after ${READY_MS} ms: ${said}`);
    },
    kill: killIt,
    async killWhileStarting(afterMs) {
      launch();
      await sleep(afterMs);
      await killIt();
    },
    async stop() {
      if (!child) return;
      child.kill('SIGTERM');
      await gone(child);
    },
    // In the order in which records move on.
    waits: () => names('.', JOURNAL).length > 0 || names('segments', SEGMENT).length > 0,
    journalled() {
      // A line is a checksum of eight digits, a space and JSON.
      const lines = names('.', JOURNAL).flatMap((name) =>
        readFileSync(join(given.directory, name), 'utf8').split('\n').slice(0, -1),
      );
      return lines.map((line) => JSON.parse(line.slice(9)) as UsageRecord);
    },
    delivered: () =>
      names('sent', SEGMENT).map((name) => readFileSync(join(given.directory, 'sent', name), 'utf8')),
  };
}
