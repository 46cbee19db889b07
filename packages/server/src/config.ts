import { join, resolve } from 'node:path';
import { z } from 'zod';

/** One process setting: where it comes from, what it means, what holds when it is absent. */
type Row = { readonly env: string; readonly about: string; readonly parse: z.ZodType };

const port = z.coerce.number().int().min(0).max(65_535);

/** The one table of process settings. `docs/reference/settings.md` is made from it. */
export const SETTINGS = {
  data: {
    env: 'CLEARWAY_DATA',
    about: 'Data directory: embedded database, keys, outgoing mail files',
    parse: z.string().min(1).default('data'),
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    about: 'A PostgreSQL 15 or newer instead of the embedded one',
    parse: z
      .string()
      .regex(/^postgres(ql)?:/, 'a postgresql:// URL')
      .optional(),
  },
  port: { env: 'CLEARWAY_PORT', about: 'Port to listen on; 0 takes a free one', parse: port.default(4000) },
  host: {
    env: 'CLEARWAY_HOST',
    about: 'Address to listen on; without it both loopback addresses and nothing else',
    parse: z.string().min(1).optional(),
  },
  baseUrl: {
    env: 'CLEARWAY_BASE_URL',
    about: 'Where people reach the instance, e.g. https://licences.example.org',
    parse: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  },
  masterKey: {
    env: 'CLEARWAY_MASTER_KEY',
    about: 'Key that wraps all keys, 32 bytes in base64; without it secret/master.key in the data directory',
    parse: z.string().optional(),
  },
  mail: {
    env: 'CLEARWAY_MAIL',
    about: '`file` writes .eml files into the data directory; an smtp:// or smtps:// URL sends',
    parse: z
      .string()
      .regex(/^(file$|smtps?:\/\/)/, '`file` or an smtp URL')
      .default('file'),
  },
  mailFrom: {
    env: 'CLEARWAY_MAIL_FROM',
    about: 'Sender address of all mail',
    parse: z.string().default('clearway@localhost'),
  },
  mailReturns: {
    env: 'CLEARWAY_MAIL_RETURNS',
    about:
      'Address to which undeliverable mail returns; its mailbox must take what is added after a plus sign',
    parse: z
      .string()
      .regex(/^[^\s@+]{1,26}@[^\s@+]+$/, 'an address with at most 26 characters before the @ and no +')
      .optional(),
  },
  blobs: {
    env: 'CLEARWAY_BLOBS',
    about: '`database` keeps files handed over in PostgreSQL, `files` in the data directory',
    parse: z.enum(['database', 'files']).default('database'),
  },
  maxUploadBytes: {
    env: 'CLEARWAY_MAX_UPLOAD_BYTES',
    about: 'Largest file accepted, in bytes',
    parse: z.coerce.number().int().positive().default(50_000_000),
  },
  dnsServers: {
    env: 'CLEARWAY_DNS',
    about:
      'Name servers for control proofs, `address:port` separated by commas; without it those of the system',
    parse: z
      .string()
      .transform((list) => list.split(','))
      .optional(),
  },
  logLevel: {
    env: 'CLEARWAY_LOG_LEVEL',
    about: 'fatal, error, warn, info, debug or silent',
    parse: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  },
} as const satisfies { readonly [name: string]: Row };

export type Config = { readonly [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['parse']> };

/** Some settings are not usable; the message names each with its variable. */
export class ConfigError extends Error {
  readonly code = 'settings-invalid';
}

/**
 * Reads the settings from the environment; values given on the command line win.
 * Throws `ConfigError` (`settings-invalid`) that names every wrong variable at once.
 */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  given: Partial<Record<keyof typeof SETTINGS, unknown>> = {},
): Config {
  const wrong: string[] = [];
  const entries = Object.entries(SETTINGS).map(([name, row]) => {
    const text = given[name as keyof typeof SETTINGS] ?? (env[row.env] === '' ? undefined : env[row.env]);
    const result = row.parse.safeParse(text);
    if (!result.success)
      wrong.push(`${row.env}: ${result.error.issues.map((issue) => issue.message).join(', ')}`);
    return [name, result.data];
  });
  if (wrong.length > 0) throw new ConfigError(`Some settings cannot be used.\n${wrong.join('\n')}`);
  const config = Object.fromEntries(entries) as Config;
  return { ...config, data: resolve(config.data) };
}

/** Where mail files go in development. */
export function mailDirectory(config: Config): string {
  return join(config.data, 'mail');
}
