import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect, isDeepStrictEqual } from 'node:util';

/** What came of a package's examples: how many expectations held, which did not, and which exports have none. */
export type ExampleReport = {
  readonly held: number;
  readonly failures: readonly string[];
  readonly withoutExample: readonly string[];
};

type Example = { readonly place: string; readonly code: readonly string[] };

const IMPORTS = /^import\b([^;]*?)\bfrom '(@clearway\/[^']+)';?$/gm;
const EXPECTATION = /^(.*?);?\s*\/\/ => (.*)$/;
const DECLARATION = /^(?:const|let)\s+([A-Za-z_$][\w$]*)\s*=/;

/**
 * Runs the `@example` blocks of a package's sources, and the README's `js` blocks that state a value, against the
 * package's own exports.
 *
 * An example is plain JavaScript on exports of the package and on what it imports from `@clearway/…`. A line that
 * ends in `// => value` states what the expression (or the constant declared there) is; `// => throws code` states that
 * it throws an error with that code.
 */
export async function runExamples(packageDir: string | URL): Promise<ExampleReport> {
  const dir = packageDir instanceof URL ? fileURLToPath(packageDir) : packageDir;
  const door: Record<string, unknown> = await import(pathToFileURL(join(dir, 'src/index.ts')).href);
  const sources = readdirSync(join(dir, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^testing\//.test(path))
    .sort()
    .map((path) => join(dir, 'src', path));
  const examples = [...sources.flatMap((file) => sourceExamples(dir, file)), ...readmeExamples(dir)];
  const failures: string[] = [];
  let held = 0;
  for (const example of examples) {
    const outcome = await runExample(example, door);
    held += outcome.held;
    failures.push(...outcome.failures);
  }
  const shown = new Set(sources.flatMap(exportsWithExample));
  return {
    held,
    failures,
    withoutExample: Object.keys(door).filter((name) => needsExample(door[name]) && !shown.has(name)),
  };
}

/** Constants and errors explain themselves. */
function needsExample(value: unknown): boolean {
  return typeof value === 'function' && !(value.prototype instanceof Error);
}

async function runExample(
  example: Example,
  door: Record<string, unknown>,
): Promise<{ held: number; failures: string[] }> {
  const failures: string[] = [];
  let held = 0;
  async function expectation(evaluate: () => unknown, stated: string): Promise<void> {
    const problem = await compare(evaluate, stated);
    if (problem === undefined) held += 1;
    else failures.push(`${example.place}: ${problem}`);
  }
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  try {
    const known = { ...door, ...(await importsOf(example.code)) };
    const run = new AsyncFunction(...Object.keys(known), '$expect', toProgram(example.code));
    await run(...Object.values(known), expectation);
  } catch (error) {
    failures.push(`${example.place}: ${String(error)}`);
  }
  if (held + failures.length === 0) failures.push(`${example.place}: states no value`);
  return { held, failures };
}

async function importsOf(lines: readonly string[]): Promise<Record<string, unknown>> {
  const known: Record<string, unknown> = {};
  for (const [, names = '', module = ''] of lines.join('\n').matchAll(IMPORTS)) {
    const found: Record<string, unknown> = await import(module);
    for (const name of names.match(/\w+/g) ?? []) known[name] = found[name];
  }
  return known;
}

function toProgram(lines: readonly string[]): string {
  return lines.join('\n').replaceAll(IMPORTS, '').split('\n').map(toStatement).join('\n');
}

/** The leading semicolons keep a line that begins with a bracket from continuing the one before. */
function toStatement(line: string): string {
  const [, code = '', stated = ''] = EXPECTATION.exec(line) ?? [];
  if (code === '') return line;
  const declared = DECLARATION.exec(code)?.[1];
  if (declared) return `;${code}\n;await $expect(async () => ${declared}, ${JSON.stringify(stated)})`;
  return `;await $expect(async () => (${code}), ${JSON.stringify(stated)})`;
}

async function compare(evaluate: () => unknown, stated: string): Promise<string | undefined> {
  const throws = /^throws (\S+)$/.exec(stated)?.[1];
  let value: unknown;
  try {
    value = await evaluate();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (throws === undefined) return `threw ${String(error)} instead of giving ${stated}`;
    return code === throws ? undefined : `threw ${String(code)} instead of ${throws}`;
  }
  const shown = inspect(value, { depth: null, breakLength: Number.POSITIVE_INFINITY });
  if (throws !== undefined) return `gave ${shown} instead of throwing ${throws}`;
  if (shown === stated || asJson(value) === stated) return undefined;
  return isDeepStrictEqual(value, evaluateLiteral(stated)) ? undefined : `gave ${shown}, not ${stated}`;
}

/** JSON has no bigint: what holds one is compared as a value. */
function asJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each));
}

function evaluateLiteral(text: string): unknown {
  try {
    return new Function(`return (${text})`)();
  } catch (error) {
    // Not a literal but what inspect prints, such as a class instance, which was compared as text before.
    if (error instanceof SyntaxError || error instanceof ReferenceError) return text;
    throw error;
  }
}

function sourceExamples(dir: string, file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const lines = comment[0].slice(3, -2).split('\n');
    const first = text.slice(0, comment.index).split('\n').length;
    return lines.flatMap((line, i) => {
      if (!/^\s*\*?\s*@example\b/.test(line)) return [];
      const rest = lines.slice(i + 1).map((each) => each.replace(/^\s*\* ?/, ''));
      const end = rest.findIndex((each) => /^@\w/.test(each));
      const code = (end < 0 ? rest : rest.slice(0, end)).filter((each) => !each.startsWith('```'));
      return [{ place: `${relative(dir, file)}:${first + i}`, code }];
    });
  });
}

function readmeExamples(dir: string): Example[] {
  let text: string;
  try {
    text = readFileSync(join(dir, 'README.md'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return [...text.matchAll(/^```(?:js|ts)\n([\s\S]*?)^```/gm)]
    .filter((block) => block[1]!.includes('// =>'))
    .map((block) => {
      const line = text.slice(0, block.index).split('\n').length;
      return { place: `README.md:${line}`, code: block[1]!.split('\n') };
    });
}

function exportsWithExample(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const documented =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async )?(?:function\*?|class|const) ([\w$]+)/g;
  return [...text.matchAll(documented)].filter((m) => m[1]!.includes('@example')).map((m) => m[2]!);
}
