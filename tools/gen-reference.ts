// Writes docs/reference from the source: settings, problems, commands, HTTP interface, database, events.
// Runs after the build. `--check` writes nothing and exits 1 when a committed file differs.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCommands } from './reference/describe-commands.ts';
import { describeDatabase } from './reference/describe-database.ts';
import { describeErrors } from './reference/describe-errors.ts';
import { describeEvents } from './reference/describe-events.ts';
import { describeApi } from './reference/describe-openapi.ts';
import { describeRslConformance } from './reference/describe-rsl-conformance.ts';
import { describeSettings } from './reference/describe-settings.ts';
import { describeSignalsConformance } from './reference/describe-signals-conformance.ts';
import { withInstance } from './reference/with-instance.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'reference');

const files: Record<string, string> = {
  'settings.md': describeSettings(),
  'errors.md': describeErrors(),
  'events.md': describeEvents(join(root, 'packages/server/src')),
  'rsl-conformance.md': describeRslConformance(join(root, 'conformance/rsl')),
  'signals-conformance.md': describeSignalsConformance(join(root, 'conformance/signals')),
  'cli.md': describeCommands(),
  ...(await withInstance(async (k) => ({
    'openapi.json': await describeApi(k),
    'database.md': await describeDatabase(k),
  }))),
};

const check = process.argv.includes('--check');
mkdirSync(folder, { recursive: true });
const stale = Object.entries(files).filter(([name, text]) => {
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  if (!check) writeFileSync(path, text);
  return true;
});
for (const [name] of stale)
  console.log(`docs/reference/${name} ${check ? 'is not what the source says' : 'written'}`);
if (check && stale.length > 0) {
  console.error('Run: npm run reference');
  process.exitCode = 1;
}
