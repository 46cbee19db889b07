import { allMigrations, kernel } from '@clearway/server';
import { sql } from 'kysely';
import { page, table } from './markdown.ts';

type Column = {
  schema: string;
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  default: string | null;
  about: string | null;
};
type Trigger = { schema: string; table: string; name: string; definition: string };

/** Every module's tables as a migrated database has them; remarks come from the migrations. */
export async function describeDatabase(k: kernel.Kernel): Promise<string> {
  const columns = await readColumns(k);
  const triggers = await readTriggers(k);
  const remarks = readRemarks();
  const sections = allMigrations.flatMap(({ module }) => {
    const tables = [...new Set(columns.filter((c) => c.schema === module).map((c) => c.table))];
    return [
      `## ${module}`,
      ...tables.flatMap((name) => {
        const of = <T extends { schema: string; table: string }>(all: T[]) =>
          all.filter((one) => one.schema === module && one.table === name);
        const remark = remarks.get(`${module}.${name}`);
        const fired = of(triggers).map((t) => `- trigger \`${t.name}\`: ${t.definition}`);
        return [
          `### ${module}.${name}`,
          ...(remark ? [remark] : []),
          table(
            ['Column', 'Type', 'Remark'],
            of(columns).map((c) => [
              `\`${c.column}\``,
              describeType(c),
              c.about ?? remarks.get(`${module}.${name}.${c.column}`) ?? '',
            ]),
          ),
          ...(fired.length > 0 ? [fired.join('\n')] : []),
        ];
      }),
    ];
  });
  return page(
    'Database',
    'Each module owns the schema of its name and reads and writes no other; others call the module. Amounts are micro-units,\nshares parts per million.',
    ...sections,
  );
}

function describeType({ type, nullable, default: standard }: Column): string {
  return `${type}${nullable ? ', may be null' : ''}${standard === null ? '' : `, default \`${standard}\``}`;
}

async function readColumns(k: kernel.Kernel): Promise<Column[]> {
  const found = await sql<Column>`
    select c.table_schema as schema, c.table_name as table, c.column_name as column,
      format_type(a.atttypid, a.atttypmod) as type, c.is_nullable = 'YES' as nullable, c.column_default as default,
      col_description(a.attrelid, a.attnum) as about
    from information_schema.columns c
    join pg_attribute a on a.attname = c.column_name
      and a.attrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
    where c.table_schema not in ('pg_catalog', 'information_schema')
    order by c.table_schema collate "C", c.table_name collate "C", c.ordinal_position`.execute(k.db);
  return found.rows;
}

async function readTriggers(k: kernel.Kernel): Promise<Trigger[]> {
  const found = await sql<Trigger>`
    select event_object_schema as schema, event_object_table as table, trigger_name as name,
      action_timing || ' ' || string_agg(event_manipulation, ', ' order by event_manipulation) || ', '
        || lower(action_orientation) || ', ' || lower(action_statement) as definition
    from information_schema.triggers
    group by 1, 2, 3, action_timing, action_orientation, action_statement
    order by event_object_schema collate "C", event_object_table collate "C", trigger_name collate "C"`.execute(
    k.db,
  );
  return found.rows.map((row) => ({ ...row, definition: row.definition.toLowerCase() }));
}

/** Remarks by `schema.table` and `schema.table.column`: the comment lines right above a table or column. */
function readRemarks(): Map<string, string> {
  const remarks = new Map<string, string>();
  for (const { text } of kernel.readMigrations(allMigrations)) {
    let current = '';
    let waiting: string[] = [];
    for (const line of text.split('\n')) {
      const comment = /^\s*-- ?(.*)$/.exec(line)?.[1];
      if (comment !== undefined) {
        waiting.push(comment);
        continue;
      }
      const created = /^create table (?:if not exists )?([\w.]+)/i.exec(line)?.[1];
      const column = /^ {2}(\w+) /.exec(line)?.[1];
      if (created) current = created;
      const place = created ?? (column && current ? `${current}.${column}` : undefined);
      if (place && waiting.length > 0) remarks.set(place, waiting.join(' '));
      waiting = [];
      if (/^\)/.test(line)) current = '';
    }
  }
  return remarks;
}
