import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkArchitecture } from '../check.ts';
import { loadProject } from '../project.ts';
import { PACKAGES } from '../rules.ts';

/** Files of a tree that breaks no rule, to be broken one by one. */
export const CLEAN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(PACKAGES).map(([name, others]) => [
      `packages/${name}/package.json`,
      JSON.stringify({
        name: `@clearway/${name}`,
        exports: { '.': './src/index.ts', ...(name === 'rsl' ? { './node': './src/node.ts' } : {}) },
        dependencies: Object.fromEntries(others.map((other) => [`@clearway/${other}`, '0.1.0'])),
      }),
    ]),
  ),
  'packages/rsl/src/index.ts':
    "// import 'node:fs'; Buffer, process.env\nexport const text = 'node:fs Buffer';\n",
  'packages/rsl/src/node.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
  'packages/signals/src/index.ts': "import { text } from '@clearway/rsl';\nexport const said = text;\n",
  'packages/server/src/main.ts': "import './app.ts';\nconsole.log(process.env.PORT);\n",
  'packages/server/src/app.ts':
    "import { clock } from './kernel/index.ts';\nimport { routes } from './works/routes.ts';\nexport const app = [clock, routes];\n",
  'packages/server/src/config.ts': 'export const port = process.env.PORT;\n',
  'packages/server/src/kernel/index.ts': "export { clock } from './clock.ts';\n",
  'packages/server/src/kernel/clock.ts': 'export const clock = { now: () => new Date() };\n',
  'packages/server/src/kernel/network.ts':
    "export const worker = 'workers of the network offer what may work, statement_timeout';\n",
  'packages/server/src/kernel/migrations/0001-jobs.sql':
    'create schema kernel;\ncreate table kernel.jobs (id bigint primary key);\n',
  'packages/server/src/parties/index.ts': "export type { Party } from './model.ts';\n",
  'packages/server/src/parties/model.ts': 'export interface Party { readonly id: string }\n',
  'packages/server/src/parties/migrations/0001-parties.sql':
    'create table parties.parties (id uuid);\ncreate view parties.published_names as select id from parties.parties;\n',
  'packages/server/src/works/index.ts':
    "import type { Party } from '../parties/index.ts';\nexport const owner = (party: Party) => party.id;\n",
  'packages/server/src/works/store.ts':
    "import { sql } from 'kysely';\nexport const all = sql`select * from works.works join parties.published_names using (id)`;\nexport const event = 'parties.changed';\n",
  'packages/server/src/works/routes.ts':
    "import { all } from './list-works.ts';\nexport const routes = { all, fetch: (deps: { fetch: () => void }) => deps.fetch() };\n",
  'packages/server/src/works/list-works.ts': "export { all } from './store.ts';\n",
  'packages/server/src/works/pages.tsx':
    "import { layout } from '../web/index.ts';\nexport const page = () => <p>{layout}don't say new Date() or fetch(it) // {'ok'}</p>;\n",
  'packages/server/src/works/migrations/0001-works.sql':
    '-- parties.parties in a comment\ncreate table works.works (id uuid, party uuid references parties.parties (id));\n',
  'packages/server/src/works/works.test.ts':
    "import { stub } from '../testing/world.ts';\nimport { offer } from '../offers/index.ts';\nexport const at = [stub, offer, new Date(), 'parties.parties'];\n",
  'packages/server/src/offers/index.ts': "export const offer = 'x';\n",
  'packages/server/src/testing/world.ts':
    "import '../parties/model.ts';\nexport const stub = Math.random();\n",
  'packages/server/src/web/index.ts': "export const layout = 'x';\n",
  'packages/cli/src/index.ts': 'export const now = Date.now();\n',
};

/** Writes the clean tree with the given files over it, for as long as the action lasts. */
export function withTree<T>(files: Readonly<Record<string, string>>, action: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'clearway-architecture-'));
  try {
    for (const [path, text] of Object.entries({ ...CLEAN, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return action(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The violations of the clean tree with the given files over it, as `path:line [rule]`. */
export function violationsWith(files: Readonly<Record<string, string>>): string[] {
  return withTree(files, (root) =>
    checkArchitecture(loadProject(root)).map(({ path, line, rule }) => `${path}:${line} [${rule}]`),
  );
}
