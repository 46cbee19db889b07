// Copies what the compiler does not: migrations, styles and browser scripts, from src to dist.
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const kinds = ['sql', 'css', 'js', 'json', 'svg', 'woff2', 'txt', 'md'];
for (const pkg of ['server', 'cli']) {
  const base = join(root, 'packages', pkg);
  // A migration that was renamed must not linger in dist, where it would be applied.
  for (const old of globSync('dist/**/migrations/*.sql', { cwd: base })) rmSync(join(base, old));
  for (const file of globSync(`src/**/*.{${kinds.join(',')}}`, { cwd: base })) {
    const target = join(base, file.replace(/^src/, 'dist'));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(base, file), target);
  }
}
