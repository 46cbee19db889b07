import { backUp, readConfig, restore } from '@clearway/server';
import type { Command } from 'commander';

/** `clearway backup <dir>` and `clearway restore <dir>`. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Write a complete backup into a new directory, also while the instance runs')
    .argument('<dir>', 'directory to write; must not exist')
    .option('--data <dir>', 'data directory')
    .option('--without-key', 'leave the master key out; keep it elsewhere, nothing opens without it')
    .action(async (target: string, { withoutKey, ...given }: { data?: string; withoutKey?: boolean }) => {
      const manifest = await backUp(readConfig(process.env, given), target, { withKey: !withoutKey });
      console.log(`Backup written to ${target}: ${describe(manifest)}.`);
      console.log(
        manifest.files.some(({ path }) => path === 'secret/master.key')
          ? 'It holds the master key. Whoever has it can open every key of this instance.'
          : 'It does not hold the master key. Keep that elsewhere: nothing opens without it.',
      );
    });
  program
    .command('restore')
    .description('Restore a backup into a new data directory and an empty database')
    .argument('<dir>', 'directory of the backup')
    .requiredOption('--data <dir>', 'data directory to make; must not exist or be empty')
    .action(async (source: string, given: { data: string }) => {
      const config = readConfig(process.env, given);
      const manifest = await restore(config, source);
      console.log(`Restored into ${config.data}: ${describe(manifest)}, all as it was backed up.`);
      if (!manifest.files.some(({ path }) => path === 'secret/master.key') && config.masterKey === undefined)
        console.log(
          `The backup holds no master key. Before the first start put it into ${config.data}/secret/master.key or CLEARWAY_MASTER_KEY.`,
        );
    });
}

function describe({ createdAt, tables }: { createdAt: string; tables: readonly { rows: number }[] }): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${tables.length} tables, ${rows} rows, as of ${createdAt}`;
}
