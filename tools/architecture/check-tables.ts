import type { Project, SourceFile, Violation } from './project.ts';
import { MODULES } from './rules.ts';
import type { Token } from './tokenize.ts';

const CREATES = new Set([
  'table',
  'view',
  'sequence',
  'type',
  'function',
  'procedure',
  'domain',
  'aggregate',
]);
/** What may stand between CREATE (or ALTER, DROP) and the kind of thing. */
const FILLERS = new Set([
  'or',
  'replace',
  'unlogged',
  'materialized',
  'recursive',
  'global',
  'local',
  'foreign',
]);
const MENTION = /(?<![\w.])"?([a-z_]+)"?\."?([a-z_][a-z0-9_]*)"?/gi;
/** Words after which SQL names a table. */
const BEFORE_TABLE = /\b(?:from|join|into|update|table|only|references|truncate|view)\s+$/i;

/** Each module reads and writes the tables of its own schema only. */
export function checkTables(project: Project): Violation[] {
  const server = project.files.filter((file) => file.package === 'server' && !file.isTest);
  const migrations = server.filter((file) => file.path.endsWith('.sql'));
  const known = new Set(migrations.flatMap(createdNames));
  return [
    ...migrations.flatMap((file) => [...checkCreates(file), ...checkSqlMentions(file, known)]),
    ...server.filter((file) => /\.tsx?$/.test(file.path)).flatMap((file) => checkLiterals(file, known)),
  ];
}

function violation(file: SourceFile, line: number, message: string): Violation {
  return { path: file.path, line, rule: 'table-ownership', message };
}

function foreign(file: SourceFile, schema: string, table: string): boolean {
  return schema !== file.module && Object.hasOwn(MODULES, schema) && !table.startsWith('published_');
}

interface Creation {
  readonly kind: string;
  readonly schema: string;
  readonly name: string;
  readonly line: number;
}

/** `CREATE TABLE IF NOT EXISTS works.claims` and its like, in order. */
function creations(file: SourceFile): Creation[] {
  const found: Creation[] = [];
  const { tokens } = file;
  for (const [index, token] of tokens.entries()) {
    if (token.text !== 'create' || token.kind !== 'ident') continue;
    let at = index + 1;
    while (FILLERS.has(tokens[at]?.text ?? '')) at += 1;
    const kind = tokens[at]?.text ?? '';
    if (!CREATES.has(kind) && kind !== 'schema') continue;
    at += 1;
    if (tokens[at]?.text === 'if') at += 3;
    const first = tokens[at]?.text ?? '';
    const qualified = tokens[at + 1]?.text === '.';
    found.push({
      kind,
      schema: qualified || kind === 'schema' ? first : '',
      name: qualified ? (tokens[at + 2]?.text ?? '') : first,
      line: token.line,
    });
  }
  return found;
}

function createdNames(file: SourceFile): string[] {
  return creations(file)
    .filter(({ kind }) => kind !== 'schema')
    .map(({ schema, name }) => `${schema}.${name}`);
}

function checkCreates(file: SourceFile): Violation[] {
  return creations(file)
    .filter(({ schema }) => schema !== file.module)
    .map(({ kind, schema, name, line }) =>
      violation(
        file,
        line,
        `${kind} ${schema === '' ? name : `${schema}.${name}`} belongs in schema ${file.module}`,
      ),
    );
}

function checkSqlMentions(file: SourceFile, known: ReadonlySet<string>): Violation[] {
  const violations: Violation[] = [];
  const { tokens } = file;
  for (const [index, token] of tokens.entries()) {
    const table = tokens[index + 2]?.text ?? '';
    if (token.kind !== 'ident' || tokens[index + 1]?.text !== '.' || tokens[index - 1]?.text === '.')
      continue;
    if (!foreign(file, token.text, table)) continue;
    const before = tokens[index - 1]?.text ?? '';
    const name = `${token.text}.${table}`;
    if (!known.has(name) && !BEFORE_TABLE.test(`${before} `)) continue;
    // A foreign key to the left is the one thing migrations may say about other modules' tables.
    if (before === 'references' && MODULES[file.module]?.includes(token.text)) continue;
    violations.push(
      violation(file, token.line, `${name} is a table of ${token.text}, not of ${file.module}`),
    );
  }
  return violations;
}

function checkLiterals(file: SourceFile, known: ReadonlySet<string>): Violation[] {
  const violations: Violation[] = [];
  const owner = file.module === '' ? 'no module' : file.module;
  for (const [index, token] of file.tokens.entries()) {
    if (token.kind !== 'string' && token.kind !== 'template') continue;
    for (const { schema, table, line, inSql } of mentions(token)) {
      const name = `${schema}.${table}`;
      if (!foreign(file, schema, table) || !(inSql || known.has(name))) continue;
      violations.push(violation(file, line, `${name} is a table of ${schema}, and this file is of ${owner}`));
    }
    // sql.id('works', 'claims') and withSchema('works')
    const next = file.tokens[index + 2];
    const pair = file.tokens[index + 1]?.text === ',' && next?.kind === 'string' ? next.text : '';
    const byParts = known.has(`${token.text}.${pair}`) && foreign(file, token.text, pair);
    const bySchema = file.tokens[index - 2]?.text === 'withSchema' && foreign(file, token.text, '');
    if (byParts || bySchema) {
      violations.push(violation(file, token.line, `schema ${token.text} is not of ${owner}`));
    }
  }
  return violations;
}

function* mentions(token: Token) {
  for (const found of token.text.matchAll(MENTION)) {
    const before = token.text.slice(0, found.index);
    yield {
      schema: (found[1] ?? '').toLowerCase(),
      table: (found[2] ?? '').toLowerCase(),
      line: token.line + before.split('\n').length - 1,
      inSql: BEFORE_TABLE.test(before),
    };
  }
}
