import { readFileSync } from 'node:fs';
import { kernel, openKernel, readConfig } from '@clearway/server';
import type { Command } from 'commander';

const STDIN = 0;

/** `clearway mail`: what a mail server hands to the instance. */
export function addMail(program: Command): void {
  const mail = program.command('mail').description('What a mail server hands over');
  mail
    .command('bounce [file]')
    .description(
      'Read a delivery status notification (RFC 3464) from a file or standard input; pipe the bounce mailbox here',
    )
    .option('--data <dir>', 'data directory')
    .action(async (file: string | undefined, given: { data?: string }) => {
      const bounce = kernel.parseBounce(readFileSync(file ?? STDIN, 'utf8'));
      if (!bounce?.permanent || !bounce.originalMessageId) {
        console.log('Not a report that a mail of ours failed for good; nothing was changed.');
        return;
      }
      const { k, close } = await openKernel(readConfig(process.env, given), 'join');
      try {
        const { originalMessageId: messageId, status } = bounce;
        const known = await kernel.recordBounce(k, {
          messageId,
          status,
          reason: `returned with status ${status}`,
        });
        console.log(
          known
            ? 'Recorded: the mail came back.'
            : 'This instance never sent that mail; nothing was changed.',
        );
      } finally {
        await close();
      }
    });
}
