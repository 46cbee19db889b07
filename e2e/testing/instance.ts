import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOperatorLink, mailDirectory, type RunningInstance, readConfig, serve } from '@clearway/server';
import { createMailbox, type Mailbox } from '../../packages/cli/src/selftest/mailbox.ts';

/** A fresh instance on a free port, with the mail it sends. */
export type TestInstance = {
  readonly url: string;
  readonly mailbox: Mailbox;
  operatorLink(): Promise<string>;
  stop(): Promise<void>;
};

export async function startInstance(): Promise<TestInstance> {
  const data = mkdtempSync(join(tmpdir(), 'clearway-e2e-'));
  const config = readConfig({}, { data, port: 0 });
  const running: RunningInstance = await serve(config, { fsync: false });
  return {
    url: running.url,
    mailbox: createMailbox(mailDirectory(config)),
    operatorLink: () => createOperatorLink(running.k),
    stop: async () => {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
