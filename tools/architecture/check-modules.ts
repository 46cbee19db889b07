import { isPage, type Project, resolveImport, type SourceFile, type Violation } from './project.ts';
import { DRAWS_ANYWHERE, MODULES } from './rules.ts';

const SRC = 'packages/server/src/';

/** Server modules import to their left only, through each other's door. */
export function checkModules(project: Project): Violation[] {
  const violations: Violation[] = [];
  for (const file of project.files.filter((candidate) => candidate.package === 'server')) {
    if (file.module !== '' && file.module !== 'testing' && !MODULES[file.module]) {
      const message = `module ${file.module} is not in tools/architecture/rules.ts`;
      violations.push({ path: file.path, line: 1, rule: 'module-order', message });
      continue;
    }
    for (const { specifier, line } of file.imports) {
      const target = specifier.startsWith('.') ? resolveImport(file, specifier) : '';
      if (!target.startsWith(SRC)) continue;
      for (const found of checkImport(file, target.slice(SRC.length))) {
        violations.push({ path: file.path, line, ...found });
      }
    }
  }
  return violations;
}

type Finding = Pick<Violation, 'rule' | 'message'>;

function checkImport(file: SourceFile, target: string): Finding[] {
  const slash = target.indexOf('/');
  const to = slash < 0 ? '' : target.slice(0, slash);
  const within = target.slice(slash + 1);
  if (/(?:^|\/)testing\//.test(target)) {
    return file.isTest ? [] : [{ rule: 'module-door', message: `${target} is for tests only` }];
  }
  if (to === '') return checkRootFile(file, target);
  if (to === file.module) return [];
  const findings: Finding[] = [];
  if (!throughDoor(file, within)) {
    findings.push({ rule: 'module-door', message: `${target} is inside ${to}; import ${to}/index.ts` });
  }
  const order = file.isTest ? undefined : checkOrder(file, to);
  if (order) findings.push({ rule: 'module-order', message: order });
  return findings;
}

/** Only the files in src/ that put the house together know each other; a module is handed what it needs. */
function checkRootFile(file: SourceFile, target: string): Finding[] {
  if (file.module === '' || file.isTest) return [];
  if (target === 'config.ts' && DRAWS_ANYWHERE.includes(file.module)) return [];
  return [{ rule: 'module-order', message: `${file.module} must not import ${target}` }];
}

function throughDoor(file: SourceFile, within: string): boolean {
  if (within === 'index.ts' || file.module === 'testing') return true;
  const assembles = file.module === '' && /^app(?:-[^/]+)?\.tsx?$/.test(file.inner);
  return (assembles || file.isTest) && (within === 'routes.ts' || within === 'pages.tsx');
}

function checkOrder(file: SourceFile, to: string): string | undefined {
  if (!MODULES[to]) return `module ${to} is not in tools/architecture/rules.ts`;
  if (file.module === '') {
    return file.inner === 'config.ts' && to !== 'kernel' ? 'config.ts imports kernel only' : undefined;
  }
  if (to === 'web' && !DRAWS_ANYWHERE.includes(file.module)) {
    return isPage(file.inner) ? undefined : `web is imported by pages only, and ${file.inner} is none`;
  }
  return MODULES[file.module]?.includes(to) ? undefined : `${file.module} must not import ${to}`;
}
