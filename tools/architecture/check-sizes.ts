import type { Project, Violation } from './project.ts';
import { MAX_LINES } from './rules.ts';

/** No file is longer than a reader's patience; tests and styles included. */
export function checkSizes(project: Project): Violation[] {
  return project.files
    .filter((file) => file.lines > MAX_LINES && !/\.min\.js$/.test(file.path))
    .map((file) => ({
      path: file.path,
      line: MAX_LINES + 1,
      rule: 'file-size',
      message: `${file.lines} lines; ${MAX_LINES} are the limit`,
    }));
}
