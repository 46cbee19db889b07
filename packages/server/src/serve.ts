import { rmSync } from 'node:fs';
import { allMigrations, createApp, jobHandlers, pulses, subscribers } from './app.ts';
import { type Config, mailDirectory } from './config.ts';
import { enterWorld } from './enter-world.ts';
import {
  fileTransport,
  type Kernel,
  type MailTransport,
  mailJob,
  migrate,
  type Runner,
  smtpTransport,
  startRunner,
} from './kernel/index.ts';
import { listen } from './listen.ts';
import { type OpenKernel, openKernel, type World } from './open-kernel.ts';
import { withOwnOrigin } from './own-origin.ts';

type Answer = (request: Request) => Response | Promise<Response>;

/** A running instance. */
export type RunningInstance = {
  readonly url: string;
  readonly k: Kernel;
  readonly runner: Runner;
  /** Stops taking requests, finishes what runs, closes the database. */
  stop(): Promise<void>;
};

/** Starts the server: database, migrations, job runner, HTTP. Throws with a sentence that says what to do. */
export async function serve(config: Config, world: World = {}): Promise<RunningInstance> {
  const listeners = await listen(config.host, config.port);
  const here = `http://${config.host ?? 'localhost'}:${listeners.port}`;
  let opened: OpenKernel | undefined;
  let runner: Runner | undefined;
  // Also for what could not start: it must not keep the process, nor leave a database behind.
  const stop = async () => {
    await listeners.close();
    await runner?.stop();
    await opened?.close();
  };
  try {
    opened = await openKernel(config, 'serve', world, here);
    const url = opened.k.site.baseUrl;
    await migrate(opened.k.db, allMigrations);
    const fresh = await enterWorld(opened.k);
    // What was arriving when the process ended is of no use to anyone.
    rmSync(opened.k.site.spoolDirectory, { recursive: true, force: true });
    let answer: Answer | undefined;
    const fetch = withOwnOrigin(opened.k.fetch, url, () => answer);
    const k: Kernel = { ...opened.k, fetch, nudge: () => runner?.nudge() };
    const app = createApp(k, world.routes?.(k));
    answer = (request) => app.fetch(request);
    // The seed plays in the past: no job of today may run between its steps, and forget what is old by now.
    if (fresh) await world.seed?.(k);
    const started = startRunner(k, {
      handlers: [...jobHandlers, mailJob(mailTransport(config))],
      subscribers,
      pulses,
    });
    runner = started;
    listeners.answerWith((request, env) => app.fetch(request, env as object));
    return { url, k, runner: started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function mailTransport(config: Config): MailTransport {
  return config.mail === 'file' ? fileTransport(mailDirectory(config)) : smtpTransport(config.mail);
}
