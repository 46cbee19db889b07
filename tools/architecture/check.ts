import { checkCycles } from './check-cycles.ts';
import { checkKernelWords } from './check-kernel-words.ts';
import { checkModules } from './check-modules.ts';
import { checkPackages } from './check-packages.ts';
import { checkPurity } from './check-purity.ts';
import { checkRooms } from './check-rooms.ts';
import { checkSizes } from './check-sizes.ts';
import { checkTables } from './check-tables.ts';
import type { Project, Violation } from './project.ts';

/** Every violation of every rule, in the order of the files. */
export function checkArchitecture(project: Project): Violation[] {
  const checks = [
    checkPackages,
    checkModules,
    checkRooms,
    checkTables,
    checkCycles,
    checkSizes,
    checkPurity,
    checkKernelWords,
  ];
  return checks
    .flatMap((check) => check(project))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
}
