import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createOperatorLink,
  kernel,
  mailDirectory,
  type RunningInstance,
  readConfig,
  serve,
} from '@clearway/server';
import { createMailbox, type Mailbox } from '../../packages/cli/src/selftest/mailbox.ts';

/** A fresh instance on a free port, with the mail it sends. */
export type TestInstance = {
  /** For what a person would wait for: a job that runs once a minute, a number of rows. */
  readonly k: kernel.Kernel;
  readonly url: string;
  readonly mailbox: Mailbox;
  operatorLink(): Promise<string>;
  /** Says who runs it, without the page. */
  setUp(): Promise<void>;
  stop(): Promise<void>;
};

const INSTANCE: kernel.Instance = {
  name: 'Harbour Guild Licences',
  operator: {
    name: 'Harbour Guild e. V.',
    legalForm: 'association',
    role: 'agent',
    imprint: 'Harbour Guild e. V.\nQuay 1\n24103 Kiel',
    privacyNotice: 'We keep what you give us, for what you gave it, and no longer.',
    complaintsContact: 'complaints@guild.example',
  },
  feePpm: 50_000,
  currency: 'EUR',
  zone: 'Europe/Berlin',
};

export async function startInstance(): Promise<TestInstance> {
  const data = mkdtempSync(join(tmpdir(), 'clearway-e2e-'));
  const config = readConfig({}, { data, port: 0 });
  const running: RunningInstance = await serve(config, { fsync: false });
  return {
    k: running.k,
    url: running.url,
    mailbox: createMailbox(mailDirectory(config)),
    operatorLink: () => createOperatorLink(running.k),
    setUp: async () => {
      await kernel.saveInstance(running.k, INSTANCE, 0);
    },
    stop: async () => {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
