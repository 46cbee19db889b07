import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** Tables are declared by the module that owns them: `db.withTables<WorksTables>()` in its store. */
// biome-ignore lint/complexity/noBannedTypes: an empty set of tables is exactly what is meant
export type Db = Kysely<{}>;

/** How to reach a database: a URL, or a socket directory with a password. */
export type Connection =
  | { readonly url: string }
  | {
      readonly socketDirectory: string;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

const { builtins } = pg.types;

/** One parser table for the whole server: int8 is bigint, date and numeric stay strings. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === builtins.INT8) return (text: string) => BigInt(text);
    if (oid === builtins.DATE || oid === builtins.NUMERIC) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** Options of `pg` for a connection: UTC session, bounded statements, our parser table. */
export function clientOptions(connection: Connection): pg.ClientConfig {
  const where =
    'url' in connection
      ? { connectionString: connection.url }
      : {
          host: connection.socketDirectory,
          user: connection.user,
          password: connection.password,
          database: connection.database,
        };
  return {
    ...where,
    application_name: 'clearway',
    // pg's own types are narrower than what its runtime accepts.
    types: types as unknown as NonNullable<pg.ClientConfig['types']>,
    options: '-c TimeZone=UTC -c statement_timeout=60000 -c idle_in_transaction_session_timeout=120000',
    connectionTimeoutMillis: 10_000,
  };
}

/** A pool and the query builder over it. `close` waits for running queries. */
export function openDatabase(
  connection: Connection,
  size = 10,
): { db: Db; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({ ...clientOptions(connection), max: size, idleTimeoutMillis: 30_000 });
  // An idle client that loses its server must not bring the process down; the next query reports it.
  pool.on('error', () => undefined);
  // Nor may one that is between two statements of a transaction; the pool listens to idle ones only.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
