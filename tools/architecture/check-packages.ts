import { isBuiltin } from 'node:module';
import { type Project, resolveImport, type SourceFile, type Violation } from './project.ts';
import { ISOMORPHIC, PACKAGES } from './rules.ts';

const SCOPE = '@clearway/';

/** Packages import only what the table allows, only through `exports`; isomorphic ones use nothing of Node. */
export function checkPackages(project: Project): Violation[] {
  const violations: Violation[] = [];
  for (const manifest of project.packages) {
    const allowed = PACKAGES[manifest.name];
    const report = (message: string) =>
      violations.push({ path: manifest.path, line: 1, rule: 'package-dependency', message });
    if (!allowed) report(`package ${manifest.name} is not in tools/architecture/rules.ts`);
    for (const name of manifest.dependencies.filter((dependency) => dependency.startsWith(SCOPE))) {
      const other = name.slice(SCOPE.length);
      if (allowed && !allowed.includes(other)) report(`${manifest.name} must not depend on ${other}`);
    }
  }
  for (const file of project.files.filter((candidate) => candidate.package !== '')) {
    violations.push(...checkImports(project, file));
    if (ISOMORPHIC.includes(file.package) && !file.isTest && !isNodeEntry(file.inner)) {
      violations.push(...checkNodeFree(file));
    }
  }
  return violations;
}

function checkImports(project: Project, file: SourceFile): Violation[] {
  const violations: Violation[] = [];
  for (const { specifier, line } of file.imports) {
    const report = (rule: string, message: string) =>
      violations.push({ path: file.path, line, rule, message });
    if (specifier.startsWith('.')) {
      if (!resolveImport(file, specifier).startsWith(`packages/${file.package}/`)) {
        report('package-exports', `${specifier} leaves the package; import it by its name`);
      }
      continue;
    }
    if (!specifier.startsWith(SCOPE)) continue;
    const [other = '', ...rest] = specifier.slice(SCOPE.length).split('/');
    const door = rest.length === 0 ? '.' : `./${rest.join('/')}`;
    if (other === file.package) {
      report('package-exports', `${file.package} imports itself by name; use a relative path`);
      continue;
    }
    if (!PACKAGES[file.package]?.includes(other)) {
      report('package-dependency', `${file.package} must not import ${other}`);
      continue;
    }
    const own = project.packages.find((manifest) => manifest.name === file.package);
    if (!own?.dependencies.includes(`${SCOPE}${other}`)) {
      report('package-dependency', `${SCOPE}${other} is missing in packages/${file.package}/package.json`);
    }
    const target = project.packages.find((manifest) => manifest.name === other);
    if (target && !target.exports.includes(door)) {
      report('package-exports', `${specifier} is not among the exports of ${other}`);
    }
  }
  return violations;
}

function isNodeEntry(inner: string): boolean {
  return inner === 'node.ts' || inner.startsWith('node/');
}

function checkNodeFree(file: SourceFile): Violation[] {
  const violations: Violation[] = [];
  const report = (line: number, message: string) =>
    violations.push({ path: file.path, line, rule: 'isomorphic', message });
  for (const { specifier, line } of file.imports) {
    if (isBuiltin(specifier)) report(line, `${specifier} exists in Node only; move it behind node.ts`);
    if (!specifier.startsWith('.')) continue;
    const inner = resolveImport(file, specifier).slice(`packages/${file.package}/src/`.length);
    if (isNodeEntry(inner)) report(line, `${specifier} runs in Node only`);
  }
  for (const [index, token] of file.tokens.entries()) {
    if (token.kind !== 'ident') continue;
    const before = file.tokens[index - 1];
    const next = file.tokens[index + 1]?.text ?? '';
    const member = before?.text === '.' && file.tokens[index - 2]?.text !== 'globalThis';
    if (member) continue;
    if (token.text === 'Buffer' && next !== ':')
      report(token.line, 'Buffer exists in Node only; use Uint8Array');
    const optional = next === '?' && file.tokens[index + 2]?.text === '.';
    if (token.text === 'process' && (next === '.' || next === '[' || optional)) {
      report(token.line, 'process exists in Node only; take the value as a parameter');
    }
  }
  return violations;
}
