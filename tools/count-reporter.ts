import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule } from 'vitest/node';

const LONGEST = 2_000;

/** One failure in a few lines: where, what was said, and the first frame of our own. */
function tell(where: string, errors: ReadonlyArray<{ message?: string; stack?: string }>): string {
  const said = errors.map(({ message = 'no message', stack = '' }) => {
    const frame = stack.split('\n').find((line) => /\bat\b/.test(line) && !line.includes('node_modules'));
    return `${stripVTControlCharacters(message).slice(0, LONGEST)}${frame ? `\n${frame.trim()}` : ''}`;
  });
  return [where, ...said].join('\n').replaceAll('\n', '\n    ');
}

/**
 * Writes `{ passed, failed, skipped, failures }` to CLEARWAY_COUNTS, so that one closing line can add up all
 * steps and each failure can be said again beside it.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(
    modules: ReadonlyArray<TestModule>,
    errors: ReadonlyArray<{ message?: string; stack?: string }>,
  ): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    const failures = errors.map((error) => tell('outside of a test', [error]));
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      let tests = 0;
      for (const test of module.children.allTests()) {
        tests += 1;
        const { state, errors: found = [] } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') {
          counts.failed += 1;
          failures.push(tell(`${file} > ${test.fullName}`, found));
        } else counts.skipped += 1;
      }
      // A file that fails to load, or whose hooks fail, has no test to blame and must still count.
      const own = [module, ...module.children.allSuites()].flatMap((part) => part.errors());
      if (own.length > 0 || (tests === 0 && module.state() === 'failed')) {
        counts.failed += 1;
        failures.push(tell(file, own));
      }
    }
    if (process.env.CLEARWAY_COUNTS)
      writeFileSync(process.env.CLEARWAY_COUNTS, JSON.stringify({ ...counts, failures }));
    else console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
