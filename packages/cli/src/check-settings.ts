import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { examine, openKernel, readConfig, SETTINGS } from '@clearway/server';

/** Values that open doors are not printed. */
const SECRET = new Set(['databaseUrl', 'masterKey', 'mail']);

/**
 * Prints each process setting with its source, and whether set-up is complete. Answers whether an instance with these
 * settings may go public. Throws `settings-invalid` that names every wrong variable.
 */
export async function checkSettings(given: { data?: string }): Promise<boolean> {
  const config = readConfig(process.env, given);
  for (const [name, { env, about }] of Object.entries(SETTINGS)) {
    const value = config[name as keyof typeof config];
    const source = name in given ? 'command line' : process.env[env] ? 'environment' : 'default';
    const shown =
      value === undefined ? '(not set)' : SECRET.has(name) && source !== 'default' ? '(set)' : String(value);
    console.log(`${env.padEnd(26)} ${shown}  [${source}]\n${' '.repeat(27)}${about}`);
  }
  if (!config.databaseUrl && !existsSync(join(config.data, 'pg'))) {
    console.log('\n✗ set-up: nothing runs here yet. Start the instance once with `npm start`.');
    return false;
  }
  const { k, close } = await openKernel(config, 'join');
  try {
    const found = (await examine(k, config)).find(({ name }) => name === 'set-up');
    console.log(
      `\n${found?.state === 'ok' ? '✓' : '✗'} set-up: ${found?.detail}${found?.cure ? `\n    ${found.cure}` : ''}`,
    );
    return found?.state === 'ok';
  } finally {
    await close();
  }
}
