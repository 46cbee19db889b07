import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { type Connection, clientOptions, type Db } from '../database/connect.ts';

/** A table with the columns that are stored and the order that its primary key gives. */
export type TableShape = {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** SQL after `order by`. */
  readonly order: string;
};

/** The applied migrations live in the manifest: restoring writes their rows by applying them. */
const LEFT_OUT = 'kernel.migrations';

/** Opens a client of its own for long statements, with every setting fixed that shows in COPY's text. */
export async function openClient(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client(clientOptions(connection));
  // An idle client that loses its server must not bring the process down; the next query reports it.
  client.on('error', () => undefined);
  await client.connect();
  const fixed = {
    statement_timeout: '0',
    idle_in_transaction_session_timeout: '0',
    client_encoding: 'UTF8',
    datestyle: 'ISO, YMD',
    intervalstyle: 'iso_8601',
    timezone: 'UTC',
    bytea_output: 'hex',
    extra_float_digits: '1',
    search_path: 'pg_catalog',
  };
  for (const [name, value] of Object.entries(fixed))
    await client.query('select set_config($1, $2, false)', [name, value]);
  return client;
}

/** Runs `body` in one read-only transaction that sees one moment of the database. */
export async function withSnapshot<T>(
  connection: Connection,
  body: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await openClient(connection);
  try {
    await client.query('begin isolation level repeatable read read only');
    const result = await body(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

/** The query builder over one open client, inside its transaction. */
export function databaseOver(client: pg.Client): Db {
  const shared = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => shared, end: async () => undefined };
  return new Kysely({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) });
}

/** All tables of the schemas that were made by migrations, in an order in which none refers to a later one. */
export async function listTables(client: pg.Client): Promise<TableShape[]> {
  const found = await client.query<{ schema: string; table: string; columns: string[]; order: string }>(`
    select n.nspname as schema, c.relname as table,
      array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns,
      coalesce(
        (select string_agg(quote_ident(k.attname) || case when k.attcollation <> 0 then ' collate "C"' else '' end,
            ', ' order by p.place)
          from pg_index i, unnest(i.indkey::int[]) with ordinality p (attnum, place)
          join pg_attribute k on k.attrelid = c.oid and k.attnum = p.attnum
          where i.indrelid = c.oid and i.indisprimary and k.attrelid = i.indrelid),
        string_agg(quote_ident(a.attname) || '::text collate "C"', ', ' order by a.attnum)) as order
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and (n.nspname = 'kernel' or n.nspname in (select module from kernel.migrations))
    group by n.nspname, c.oid, c.relname
    order by n.nspname collate "C", c.relname collate "C"`);
  const tables = found.rows.filter(({ schema, table }) => `${schema}.${table}` !== LEFT_OUT);
  const references = await client.query<{ source: string; target: string }>(`
    select distinct s.nspname || '.' || c.relname as source, t.nspname || '.' || d.relname as target
    from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace s on s.oid = c.relnamespace
    join pg_class d on d.oid = f.confrelid join pg_namespace t on t.oid = d.relnamespace
    where f.contype = 'f' and f.conrelid <> f.confrelid`);
  return inOrder(tables, references.rows);
}

/** Referred tables first. Where tables refer to each other in a ring, the one with the smaller name comes first. */
function inOrder(
  tables: readonly TableShape[],
  references: readonly { source: string; target: string }[],
): TableShape[] {
  const byName = new Map(tables.map((table) => [`${table.schema}.${table.table}`, table]));
  const placed = new Set<string>();
  const visit = (name: string) => {
    const table = byName.get(name);
    if (!table || placed.has(name)) return;
    placed.add(name);
    for (const { source, target } of references) if (source === name) visit(target);
    order.push(table);
  };
  const order: TableShape[] = [];
  for (const name of byName.keys()) visit(name);
  return order;
}

/** A table's rows in COPY's text format, as a stream that counts them. */
export function copyOut(client: pg.Client, { schema, table, columns, order }: TableShape) {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const from = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
  return client.query(to(`copy (select ${list} from ${from} order by ${order}) to stdout`));
}

/** What a table holds, as one hash. */
export type TableHash = {
  readonly schema: string;
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
};

export async function hashTable(client: pg.Client, shape: TableShape): Promise<TableHash> {
  const rows = copyOut(client, shape);
  const hash = createHash('sha256');
  for await (const chunk of rows) hash.update(chunk as Buffer);
  return { schema: shape.schema, table: shape.table, rows: rows.rowCount, sha256: hash.digest('hex') };
}

/**
 * SHA-256 of every table's rows, as one moment sees them: equal hashes, equal rows. Leaves out the list of applied
 * migrations, whose times are each database's own.
 */
export function tableHashes(connection: Connection): Promise<TableHash[]> {
  return withSnapshot(connection, async (client) => {
    const hashes: TableHash[] = [];
    for (const shape of await listTables(client)) hashes.push(await hashTable(client, shape));
    return hashes;
  });
}
