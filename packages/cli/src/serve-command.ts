import { createOperatorLink, mailDirectory, needsOperatorLink, readConfig, serve } from '@clearway/server';
import type { Command } from 'commander';

/** `clearway serve`: runs the instance until it is told to stop. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Run the instance')
    .option('--data <dir>', 'data directory')
    .option('--port <number>', 'port; 0 takes a free one')
    .option('--host <address>', 'address to listen on instead of loopback only')
    .option('--base-url <url>', 'where people reach the instance')
    .action(async (options: Record<string, string>) => {
      const started = performance.now();
      const config = readConfig(process.env, options);
      const instance = await serve(config);
      const told = untilTold();
      console.log(
        `Clearway runs at ${instance.url} (after ${((performance.now() - started) / 1000).toFixed(1)} s)`,
      );
      if (config.mail === 'file')
        console.log(
          `Mail is not sent yet, it lies in ${mailDirectory(config)}; CLEARWAY_MAIL names a mail server`,
        );
      if (await needsOperatorLink(instance.k)) {
        console.log(`Sign in as operator (one use, one hour): ${await createOperatorLink(instance.k)}`);
      }
      await told;
      await instance.stop();
    });
}

/**
 * Waits for the signal with which people and service managers end a program. A terminal may deliver it twice (to the
 * process group and through npm); a repeat within two seconds is the same wish, a later one means "at once".
 */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let first = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (first > 0 && performance.now() - first > 2_000) process.exit(130);
        first ||= performance.now();
        resolve();
      });
    }
  });
}
