import { type Project, resolveImport, type SourceFile, type Violation } from './project.ts';

const SRC = 'packages/server/src/';

interface Edge {
  readonly to: string;
  readonly path: string;
  readonly line: number;
}

/**
 * The rooms of a module have an order: its folders import each other in one direction, types too. A file at the module's
 * top is a room of its own, so what is shared lies below the folders and what puts them together above.
 */
export function checkRooms(project: Project): Violation[] {
  const modules = new Map<string, Map<string, Edge[]>>();
  for (const file of project.files) {
    if (file.module === '' || file.isTest) continue;
    const rooms = modules.get(file.module) ?? new Map<string, Edge[]>();
    modules.set(file.module, rooms);
    const from = roomOf(file.inner.slice(file.module.length + 1));
    rooms.set(from, [...(rooms.get(from) ?? []), ...edgesOf(file, from)]);
  }
  return [...modules.values()].flatMap(findRings);
}

/** The folder in its module, or the file where it lies in none. */
function roomOf(within: string): string {
  return within.split('/')[0] ?? within;
}

function edgesOf(file: SourceFile, from: string): Edge[] {
  const own = `${SRC}${file.module}/`;
  return file.imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, line }) => ({ target: resolveImport(file, specifier), line }))
    .filter(({ target }) => target.startsWith(own))
    .map(({ target, line }) => ({ to: roomOf(target.slice(own.length)), path: file.path, line }))
    .filter(({ to }) => to !== from);
}

/** The import that closes a ring, of each ring that is met. */
function findRings(rooms: ReadonlyMap<string, readonly Edge[]>): Violation[] {
  const violations: Violation[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  function visit(room: string): void {
    way.push(room);
    for (const { to, path, line } of rooms.get(room) ?? []) {
      const start = way.indexOf(to);
      if (start >= 0) {
        const message = `rooms in a ring: ${[...way.slice(start), to].join(' → ')}`;
        violations.push({ path, line, rule: 'room-order', message });
      } else if (!done.has(to)) visit(to);
    }
    way.pop();
    done.add(room);
  }
  for (const room of rooms.keys()) if (!done.has(room)) visit(room);
  return violations;
}
