// Puts our cases to implementations of others and writes docs/explanation/conformance.md. README.md says what counts.
// Run: node --conditions=clearway-source conformance/score/score.ts <date>
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { caseCount, evaluateCases, licenseQuestions, right, robotsQuestions } from './questions.ts';
import { page, type Score } from './write-page.ts';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const [date] = process.argv.slice(2);
if (!/^\d{4}-\d{2}-\d{2}$/.test(date ?? '')) throw new Error('Name the day: 2026-11-22.');

function robotsParser(): Score {
  type Parser = (url: string, text: string) => { isAllowed(url: string, agent: string): boolean | undefined };
  const parse = require('robots-parser') as Parser;
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/robots-parser/package.json'), 'utf8'),
  ) as { version: string };
  const site = 'https://a.example';
  const wrong = robotsQuestions.filter(
    ({ robots, agent, path, expected }) =>
      parse(`${site}/robots.txt`, robots).isAllowed(site + path, agent) !== expected,
  );
  return { name: `robots-parser ${version} (npm)`, robots: robotsQuestions.length - wrong.length };
}

/** `CLEARWAY_SCORE_PYTHON` names an interpreter (3.12 or later) in which supertab-connect-sdk is installed. */
function python(code: readonly string[], lines: readonly unknown[]): unknown[] | undefined {
  const { status, stdout } = spawnSync(process.env.CLEARWAY_SCORE_PYTHON ?? 'python3', code, {
    input: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    encoding: 'utf8',
    timeout: 300_000,
  });
  return status === 0
    ? stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    : undefined;
}

const standard = `
import json, sys, platform, urllib.robotparser
print(json.dumps(platform.python_version()))
for line in sys.stdin:
    q = json.loads(line)
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(q["robots"].splitlines())
    print(json.dumps(parser.can_fetch(q["agent"], "https://a.example" + q["path"])))
`;

function standardLibrary(): Score | undefined {
  const answers = python(['-c', standard], robotsQuestions);
  if (!answers) return undefined;
  const good = robotsQuestions.filter(({ expected }, index) => answers[index + 1] === expected);
  return { name: `urllib.robotparser of Python ${String(answers[0])}`, robots: good.length };
}

function supertab(): Score | undefined {
  const answers = python([join(import.meta.dirname, 'ask_supertab.py')], licenseQuestions);
  const version = python(
    ['-c', 'import json, importlib.metadata as m; print(json.dumps(m.version("supertab-connect-sdk")))'],
    [],
  );
  if (!answers || !version) return undefined;
  const good = licenseQuestions.filter(({ expected }, index) => answers[index] === expected);
  return { name: `supertab-connect-sdk ${String(version[0])} (PyPI)`, licenses: good.length };
}

const ours: Score = {
  name: '@clearway/rsl, this commit',
  robots: robotsQuestions.filter((one) => one.ours === one.expected).length,
  licenses: licenseQuestions.filter((one) => one.ours === one.expected).length,
};
const others = [robotsParser(), standardLibrary(), supertab()];
const scores = [ours, ...others.filter((one) => one !== undefined)];
if (others.includes(undefined)) console.error('Skipped what is not installed: set CLEARWAY_SCORE_PYTHON.');
const counts = {
  cases: caseCount,
  right,
  evaluate: evaluateCases,
  robots: robotsQuestions.length,
  licenses: licenseQuestions.length,
};
writeFileSync(join(root, 'docs/explanation/conformance.md'), page(date!, counts, scores));
for (const { name, robots, licenses } of scores)
  console.log(`${name}: robots ${robots ?? '–'}, licences ${licenses ?? '–'}`);
