// Proves the dependency rule of ARCHITECTURE.md over the source; prints every violation and exits 1 if there is one.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkArchitecture } from './architecture/check.ts';
import { loadProject } from './architecture/project.ts';

const root = resolve(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));
const project = loadProject(root);
const violations = checkArchitecture(project);
for (const { path, line, rule, message } of violations) console.error(`${path}:${line} [${rule}] ${message}`);
console.log(`architecture: ${project.files.length} files, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
