import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { allMigrations } from './app.ts';
import { type Config, mailDirectory } from './config.ts';
import { appliedMigrations, countMails, type Kernel, readInstance, readMigrations } from './kernel/index.ts';
import { legalTexts } from './portal/index.ts';

/** One examined thing: how it stands, and what to do if it does not. */
export type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly detail: string;
  readonly cure?: string;
};

type Check = (k: Kernel, config: Config) => Promise<Omit<Finding, 'name'>> | Omit<Finding, 'name'>;

const ok = (detail: string) => ({ state: 'ok', detail }) as const;
const wrong = (detail: string, cure: string) => ({ state: 'wrong', detail, cure }) as const;
const warning = (detail: string, cure: string) => ({ state: 'warning', detail, cure }) as const;

/** Examines a running or stopped instance: clock, database, fsync, migrations, mail, base URL, keys, set-up. */
export async function examine(k: Kernel, config: Config): Promise<Finding[]> {
  const checks: [string, Check][] = [
    ['clock', checkClock],
    ['database', checkDatabase],
    ['fsync', checkFsync],
    ['migrations', checkMigrations],
    ['mail', checkMail],
    ['base URL', checkBaseUrl],
    ['keys', checkKeys],
    ['set-up', checkSetup],
    ['texts', checkTexts],
  ];
  const findings: Finding[] = [];
  for (const [name, check] of checks) {
    try {
      findings.push({ name, ...(await check(k, config)) });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      findings.push({
        name,
        state: 'wrong',
        detail,
        cure: 'Read the message; the other lines may say more.',
      });
    }
  }
  return findings;
}

const checkClock: Check = async (k) => {
  const row = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(k.db);
  const skewMs = Math.abs(row.rows[0]!.at.getTime() - k.clock.now().getTime());
  return skewMs < 2_000
    ? ok(`${k.clock.now().toISOString()}, ${skewMs} ms from the database`)
    : wrong(`${skewMs} ms from the database`, 'Let both machines take their time from NTP.');
};

const checkDatabase: Check = async (k, config) => {
  const row = await sql<{
    number: string;
    text: string;
    encoding: string;
  }>`select current_setting('server_version_num') as number,
    current_setting('server_version') as text, current_setting('server_encoding') as encoding`.execute(k.db);
  const { number, text, encoding } = row.rows[0]!;
  if (Number(number) < 150_000) return wrong(`PostgreSQL ${text}`, 'Use PostgreSQL 15 or newer.');
  if (encoding !== 'UTF8')
    return wrong(`encoding ${encoding}`, 'Create the database with the encoding UTF8.');
  return ok(`PostgreSQL ${text}, ${config.databaseUrl ? 'from DATABASE_URL' : 'embedded'}`);
};

const checkFsync: Check = async (k) => {
  const row = await sql<{
    fsync: string;
    commit: string;
    pages: string;
  }>`select current_setting('fsync') as fsync,
    current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages`.execute(
    k.db,
  );
  const { fsync, commit, pages } = row.rows[0]!;
  return fsync === 'on' && commit !== 'off' && pages === 'on'
    ? ok(`fsync ${fsync}, synchronous_commit ${commit}`)
    : wrong(
        `fsync ${fsync}, synchronous_commit ${commit}, full_page_writes ${pages}`,
        'Switch them on: what is acknowledged must be durable.',
      );
};

const checkMigrations: Check = async (k) => {
  const applied = await appliedMigrations(k.db);
  const missing = readMigrations(allMigrations).filter((m) => !applied.has(`${m.module}/${m.name}`));
  return missing.length === 0
    ? ok(`${applied.size} applied`)
    : wrong(`${missing.length} not applied`, 'Start the server once; it applies them.');
};

const checkMail: Check = async (k, config) => {
  const { waiting, bounced } = await countMails(k);
  const queue = `${waiting} waiting, ${bounced} came back`;
  if (config.mail === 'file') {
    mkdirSync(mailDirectory(config), { recursive: true, mode: 0o700 });
    accessSync(mailDirectory(config), constants.W_OK);
    return warning(
      `written to ${mailDirectory(config)}, nobody receives it (${queue})`,
      'Set CLEARWAY_MAIL to an smtp URL before real people sign.',
    );
  }
  const url = new URL(config.mail);
  await reach(url.hostname, Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)));
  return ok(`${url.protocol}//${url.host} answers (${queue})`);
};

const checkBaseUrl: Check = (k, config) => {
  const { protocol, hostname } = new URL(k.site.baseUrl);
  const local = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (config.baseUrl === undefined && config.host !== undefined) {
    return wrong(
      k.site.baseUrl,
      'Set CLEARWAY_BASE_URL to the address people use; links in mails are made from it.',
    );
  }
  if (protocol === 'https:') return ok(k.site.baseUrl);
  return local
    ? warning(k.site.baseUrl, 'Fine for trying out. For others, set CLEARWAY_BASE_URL to an https address.')
    : wrong(k.site.baseUrl, 'Serve it over https: sign-in cookies and passkeys need it.');
};

const checkKeys: Check = async (k, config) => {
  const key = await k.keys.signing('log');
  await k.keys.hmac('session', 'check');
  if (config.masterKey) return ok(`the master key opens them; log key ${key.kid}`);
  const file = join(config.data, 'secret', 'master.key');
  const mode = statSync(file).mode & 0o777;
  return mode === 0o600
    ? ok(`the master key opens them; log key ${key.kid}. Back up ${file}: without it no key can be opened`)
    : wrong(`${file} has mode ${mode.toString(8)}`, `Run: chmod 600 ${file}`);
};

const checkSetup: Check = async (k) => {
  const found = await readInstance(k);
  if (!found)
    return wrong(
      'nobody has said who runs this',
      'Run `clearway setup operator-link`, open the link and fill in the page.',
    );
  const { name, operator, currency, zone } = found.instance;
  return ok(`${name}, run by ${operator.name} as ${operator.role}; ${currency}, ${zone}`);
};

function reach(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 5_000 });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => {
      socket.destroy();
      reject(new Error(`${host}:${port} does not answer within 5 s`));
    });
    socket.once('error', reject);
  });
}

const checkTexts: Check = async (k) => {
  if (!(await readInstance(k))) return warning('nobody has said who runs this', 'First do the set-up.');
  const shipped = (await legalTexts(k)).filter(({ current }) => !current).map(({ key }) => key);
  return shipped.length === 0
    ? ok('imprint, privacy, participation, accessibility: published')
    : warning(
        `still as shipped: ${shipped.join(', ')}`,
        'Open /operator/legal, complete the texts and publish them.',
      );
};
