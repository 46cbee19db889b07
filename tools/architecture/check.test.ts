import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { violationsWith, withTree } from './testing/fixture.ts';

const S = 'packages/server/src';

test('a clean tree has no violation', () => {
  expect(violationsWith({})).toEqual([]);
});

/** One file that breaks one rule: [what, path, text, line, rule]. */
const BROKEN: [string, string, string, number, string][] = [
  [
    'a package right of it',
    'packages/rsl/src/a.ts',
    "import '@clearway/signals';\n",
    1,
    'package-dependency',
  ],
  [
    'a type of a package right of it',
    'packages/net/src/a.ts',
    "\nexport type { X } from '@clearway/rsl';\n",
    2,
    'package-dependency',
  ],
  [
    'a dependency in package.json',
    'packages/net/package.json',
    '{"dependencies":{"@clearway/rsl":"0.1.0"}}',
    1,
    'package-dependency',
  ],
  ['an unknown package', 'packages/new/package.json', '{}', 1, 'package-dependency'],
  [
    'a path beside the exports',
    'packages/signals/src/a.ts',
    "import '@clearway/rsl/src/parse.ts';\n",
    1,
    'package-exports',
  ],
  [
    'a relative path into a package',
    'packages/signals/src/a.ts',
    "import '../../rsl/src/node.ts';\n",
    1,
    'package-exports',
  ],
  ['its own name', 'packages/rsl/src/a.ts', "import '@clearway/rsl';\n", 1, 'package-exports'],
  [
    'a dynamic import',
    'packages/rsl/src/a.ts',
    "export const a = () => import('@clearway/net');\n",
    1,
    'package-dependency',
  ],
  ['node: in an isomorphic package', 'packages/match/src/a.ts', "import 'node:crypto';\n", 1, 'isomorphic'],
  [
    'a builtin without node:',
    'packages/match/src/a.ts',
    "import { join } from 'path';\nexport { join };\n",
    1,
    'isomorphic',
  ],
  ['Buffer', 'packages/protocol/src/a.ts', '\nexport const a = Buffer.from([1]);\n', 2, 'isomorphic'],
  ['process', 'packages/gate/src/a.ts', 'export const a = process?.platform;\n', 1, 'isomorphic'],
  ['the Node entry', 'packages/rsl/src/a.ts', "import './node.ts';\n", 1, 'isomorphic'],
  ['a module right of it', `${S}/parties/a.ts`, "import '../works/index.ts';\n", 1, 'module-order'],
  ['a neighbour in its row', `${S}/works/a.ts`, "\nimport '../ledger/index.ts';\n", 2, 'module-order'],
  [
    'the type of a module right of it',
    `${S}/kernel/a.ts`,
    "import type { Party } from '../parties/index.ts';\n",
    1,
    'module-order',
  ],
  ['evidence imports billing', `${S}/evidence/a.ts`, "import '../billing/index.ts';\n", 1, 'module-order'],
  ['campaign imports works', `${S}/campaign/a.ts`, "import '../works/index.ts';\n", 1, 'module-order'],
  ['web outside a page', `${S}/works/a.ts`, "import '../web/index.ts';\n", 1, 'module-order'],
  ['web imports a module', `${S}/web/a.tsx`, "import '../parties/index.ts';\n", 1, 'module-order'],
  ['a module imports the assembly', `${S}/works/a.ts`, "import '../app.ts';\n", 1, 'module-order'],
  ['config imports a module', `${S}/config.ts`, "import './works/index.ts';\n", 1, 'module-order'],
  ['an unknown module', `${S}/basement/a.ts`, 'export {};\n', 1, 'module-order'],
  ['a file behind the door', `${S}/works/a.ts`, "import '../parties/model.ts';\n", 1, 'module-door'],
  ['routes of another module', `${S}/works/a.ts`, "import '../parties/routes.ts';\n", 1, 'module-door'],
  ['pages imported by main', `${S}/main.ts`, "import './works/pages.tsx';\n", 1, 'module-door'],
  ['testing outside tests', `${S}/works/a.ts`, "import '../testing/world.ts';\n", 1, 'module-door'],
  [
    'a table in a query',
    `${S}/works/a.ts`,
    'export const q = sql`\n select id from\n parties.parties`;\n',
    3,
    'table-ownership',
  ],
  [
    'a table in a builder',
    `${S}/offers/a.ts`,
    "export const q = db.selectFrom('works.works');\n",
    1,
    'table-ownership',
  ],
  [
    'a table no migration makes',
    `${S}/offers/a.ts`,
    "export const q = 'insert into works.gone values (1)';\n",
    1,
    'table-ownership',
  ],
  [
    'a table by its parts',
    `${S}/offers/a.ts`,
    "export const q = sql.id('works', 'works');\n",
    1,
    'table-ownership',
  ],
  [
    'a foreign schema',
    `${S}/offers/a.ts`,
    "export const q = db.withSchema('works');\n",
    1,
    'table-ownership',
  ],
  [
    'a table in the assembly',
    `${S}/app.ts`,
    "export const q = 'delete from works.works';\n",
    1,
    'table-ownership',
  ],
  [
    'a migration that creates elsewhere',
    `${S}/works/migrations/0002-a.sql`,
    'create table if not exists parties.b (id int);\n',
    1,
    'table-ownership',
  ],
  [
    'a migration that names no schema',
    `${S}/works/migrations/0002-a.sql`,
    '\ncreate unlogged table b (id int);\n',
    2,
    'table-ownership',
  ],
  [
    'a migration with a foreign query',
    `${S}/works/migrations/0002-a.sql`,
    'create function works.f() returns int as $$\nselect 1 from "parties"."parties" $$ language sql;\n',
    2,
    'table-ownership',
  ],
  [
    'a foreign key to the right',
    `${S}/parties/migrations/0002-a.sql`,
    'create table parties.b (id uuid references works.works);\n',
    1,
    'table-ownership',
  ],
  ['a file of 501 lines', 'packages/rsl/src/long.test.ts', '// line\n'.repeat(501), 501, 'file-size'],
  ['a long style sheet', `${S}/web/long.css`, 'p {}\n'.repeat(501), 501, 'file-size'],
  ['Date.now', `${S}/works/a.ts`, 'export const a = Date.now;\n', 1, 'deterministic'],
  ['new Date()', 'packages/rsl/src/a.ts', 'export const a = new Date();\n', 1, 'deterministic'],
  ['Math.random', 'packages/crawler/src/a.ts', 'export const a = Math.random();\n', 1, 'deterministic'],
  ['randomUUID', `${S}/works/a.ts`, 'export const a = globalThis.crypto.randomUUID();\n', 1, 'deterministic'],
  ['process.env', `${S}/works/a.ts`, "export const a = process.env['A'];\n", 1, 'settings'],
  ['console', `${S}/works/a.ts`, "console.error('x');\n", 1, 'no-console'],
  [
    'SQL in a page',
    `${S}/works/pages.tsx`,
    'export const a = <p>{sql`select 1`}</p>;\n',
    1,
    'no-sql-in-pages',
  ],
  ['the store in a route', `${S}/works/routes.ts`, "import './store.ts';\n", 1, 'no-sql-in-pages'],
  [
    'a part of the store in a page',
    `${S}/works/wall-page.tsx`,
    "import { select } from './store-wall.ts';\nexport const a = select;\n",
    1,
    'no-sql-in-pages',
  ],
  ['global fetch', `${S}/works/a.ts`, "export const a = await fetch('x');\n", 1, 'guarded-fetch'],
  ['global fetch handed on', `${S}/works/a.ts`, 'export const a = (b) => b ?? fetch;\n', 1, 'guarded-fetch'],
  [
    'a domain word in a name',
    `${S}/kernel/a.ts`,
    'export function countOpenClaims() {}\n',
    1,
    'kernel-words',
  ],
  ['a domain word in a text', `${S}/kernel/a.ts`, "export const a = 'royalty-run';\n", 1, 'kernel-words'],
  [
    'a domain word in a table',
    `${S}/kernel/migrations/0002-a.sql`,
    'create table kernel.signatories ();\n',
    1,
    'kernel-words',
  ],
];

describe('reports', () => {
  for (const [what, path, text, line, rule] of BROKEN) {
    test(what, () => {
      expect(violationsWith({ [path]: text })).toContain(`${path}:${line} [${rule}]`);
    });
  }

  test('a cycle of value imports', () => {
    expect(
      violationsWith({
        'packages/rsl/src/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
        'packages/rsl/src/b.ts': "export { c as b } from './c.ts';\n",
        'packages/rsl/src/c.ts': "import { a } from './a.ts';\nexport const c = a;\n",
      }),
    ).toEqual(['packages/rsl/src/c.ts:1 [import-cycle]']);
  });
});

describe('the rooms of a module', () => {
  const hall = { [`${S}/works/hall/a.ts`]: "import type { B } from '../attic/b.ts';\nexport type A = B;\n" };

  test('may import in one direction', () => {
    expect(
      violationsWith({
        ...hall,
        [`${S}/works/attic/b.ts`]: "import type { T } from '../top.ts';\nexport type B = T;\n",
      }),
    ).toEqual([]);
  });

  test('are no ring, not of types either', () => {
    expect(
      violationsWith({
        ...hall,
        [`${S}/works/attic/b.ts`]: "import type { C } from '../cellar/c.ts';\nexport type B = C;\n",
        [`${S}/works/cellar/c.ts`]: "\nimport type { D } from '../hall/d.ts';\nexport type C = D;\n",
        [`${S}/works/hall/d.ts`]: 'export type D = 1;\n',
      }),
    ).toEqual([expect.stringMatching(/ \[room-order\]$/)]);
  });

  test('are no ring with a file at the top', () => {
    const path = `${S}/works/top.ts`;
    const top = "import { a } from './attic/b.ts';\nexport const t = a;\n";
    const attic = "import type { T } from '../top.ts';\nexport const a: T | 1 = 1;\n";
    expect(
      violationsWith({
        [path]: top,
        [`${S}/works/attic/b.ts`]: attic,
        [`${S}/works/attic/c.test.ts`]: attic,
      }),
    ).toEqual([expect.stringMatching(/ \[room-order\]$/)]);
  });

  test('may be tested from above', () => {
    expect(
      violationsWith({
        [`${S}/works/top.ts`]: "import './attic/b.ts';\n",
        [`${S}/works/attic/b.ts`]: 'export {};\n',
        [`${S}/works/attic/b.test.ts`]: "import '../top.ts';\n",
      }),
    ).toEqual([]);
  });
});

test('a cycle of types is none', () => {
  expect(
    violationsWith({
      'packages/rsl/src/a.ts': "import type { B } from './b.ts';\nexport type A = B[];\n",
      'packages/rsl/src/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }\n",
    }),
  ).toEqual([]);
});

test('a dependency that package.json does not name is reported', () => {
  const path = 'packages/signals/src/a.ts';
  expect(
    violationsWith({ [path]: "import '@clearway/agents';\n", 'packages/signals/package.json': '{}' }),
  ).toContain(`${path}:1 [package-dependency]`);
});

test('the command names file, line and rule, and exits 1', () => {
  const command = join(import.meta.dirname, '../check-architecture.ts');
  const run = (root: string) => spawnSync(process.execPath, [command, root], { encoding: 'utf8' });
  const broken = { 'packages/rsl/src/a.ts': '\nexport const a = Math.random();\n' };
  withTree(broken, (root) => {
    const { status, stderr } = run(root);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^packages\/rsl\/src\/a\.ts:2 \[deterministic\] /);
  });
  withTree({}, (root) => expect(run(root).status).toBe(0));
});
