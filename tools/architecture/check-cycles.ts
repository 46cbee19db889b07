import { type Project, resolveImport, type Violation } from './project.ts';

/** No file imports itself by a detour; imports that vanish at run time or happen later do not count. */
export function checkCycles(project: Project): Violation[] {
  const files = project.files.filter((file) => file.package !== '');
  const known = new Set(files.map((file) => file.path));
  const graph = new Map<string, { target: string; line: number }[]>();
  for (const file of files) {
    const edges = file.imports
      .filter((found) => found.specifier.startsWith('.') && !found.typeOnly && !found.dynamic)
      .map((found) => ({ target: resolveImport(file, found.specifier), line: found.line }));
    graph.set(
      file.path,
      edges.filter(({ target }) => known.has(target)),
    );
  }
  return findCycles(graph);
}

function findCycles(graph: ReadonlyMap<string, readonly { target: string; line: number }[]>): Violation[] {
  const violations: Violation[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  function visit(node: string): void {
    path.push(node);
    for (const { target, line } of graph.get(node) ?? []) {
      const start = path.indexOf(target);
      if (start >= 0) {
        const message = [...path.slice(start), target].map(shorten).join(' → ');
        violations.push({ path: node, line, rule: 'import-cycle', message });
      } else if (!done.has(target)) visit(target);
    }
    path.pop();
    done.add(node);
  }
  for (const node of graph.keys()) if (!done.has(node)) visit(node);
  return violations;
}

function shorten(path: string): string {
  return path.replace(/^packages\/([^/]+)\/src\//, '$1: ');
}
