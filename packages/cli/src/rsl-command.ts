import { readFileSync, writeFileSync } from 'node:fs';
import {
  check,
  describeGrants,
  type Issue,
  levelOf,
  lintFeed,
  lintFile,
  readPage,
  repair,
} from '@clearway/rsl';
import { type Command, Option } from 'commander';
import { explainFile } from './rsl/explain-file.ts';
import { type NewFlags, newDocument } from './rsl/new-document.ts';

/** Exit codes of `clearway rsl`; each command says which it uses. */
export const RSL_EXIT = { ok: 0, failed: 1, wrong: 2, warnings: 3 } as const;

const MARK = { error: '✗', warning: '!' } as const;
const language = () => new Option('--language <code>', 'en or de').choices(['en', 'de']).default('en');
type Language = 'en' | 'de';

/** `clearway rsl`: check, explain, fix and write the licence file of a site. Reads files only, fetches nothing. */
export function addRsl(program: Command): void {
  const rsl = program.command('rsl').description('Check, explain, fix and write RSL 1.0 licence files');
  rsl
    .command('check <file>')
    .description(
      'Check a licence file; - reads standard input. ' +
        'Exit codes: 0 conformant, 1 failed, 2 not conformant, 3 conformant with warnings',
    )
    .addOption(
      new Option('--as <kind>', 'how it is published')
        .choices(['site', 'page', 'feed', 'file'])
        .default('site'),
    )
    .option('--origin <url>', 'address of the feed')
    .addOption(language())
    .option('--json', 'print the findings as JSON')
    .action((file: string, flags: { as: string; origin?: string; language: Language; json?: boolean }) => {
      process.exitCode = checkFile(file, flags);
    });
  rsl
    .command('explain <file>')
    .description(
      'Say what a licence file really grants, or, with --usage, answer one question by every reading. ' +
        'Exit codes: 0 licensed (or no question), 1 failed, 2 not licensed, 3 no answer',
    )
    .option('--url <path>', 'path or address the question is about', '/')
    .option('--usage <token>', 'all, ai-all, ai-train, ai-input, ai-index or search')
    .option('--user <class>', 'commercial, non-commercial, education, government or personal')
    .option('--place <codes...>', 'countries of the operator and of the processing')
    .option('--strict', 'any prohibition stands, and silence is no permission')
    .addOption(language())
    .option('--json', 'print the answer as JSON')
    .action((file: string, flags) => {
      process.exitCode = explainFile(read(file), flags);
    });
  rsl
    .command('fix <file>')
    .description(
      'Mend a licence file without granting anything new; prints every change with its reason. ' +
        'Exit codes: 0 nothing is left to mend, 1 failed, 2 a person has to choose',
    )
    .option('--out <file>', 'write the mended text there; may be the same file')
    .option('--json', 'print changes, choices and the text as JSON')
    .action((file: string, flags: { out?: string; json?: boolean }) => {
      process.exitCode = fixFile(file, flags);
    });
  rsl
    .command('new')
    .description(
      'Write a licence file. Without --free and --paid it refuses every use. Exit codes: 0 written, 1 failed',
    )
    .option('--url <pattern>', 'RFC 9309 path pattern', '/')
    .option('--free <usages...>', 'usages that are free, for example search')
    .option('--paid <usages...>', 'usages against payment')
    .option(
      '--payment <type>',
      'purchase, subscription, training, crawl, use, contribution or attribution',
      'use',
    )
    .option('--amount <decimal>', 'price')
    .option('--currency <code>', 'ISO 4217', 'EUR')
    .option('--server <url>', 'license server for the paid usages')
    .option('--holder <name>', 'rights holder')
    .option('--contact <address>', 'address for rights questions; the address of a role, not of a person')
    .option('--terms <url>', 'terms that people read')
    .option('--max-age <days>', 'days the file may be trusted')
    .option('--out <file>', 'write it there')
    .action((flags: NewFlags & { out?: string }) => {
      const text = newDocument(flags);
      if (flags.out === undefined) process.stdout.write(text);
      else writeFileSync(flags.out, text);
    });
}

function checkFile(
  file: string,
  { as, origin, language: code, json }: { as: string; origin?: string; language: Language; json?: boolean },
): number {
  const text = read(file);
  const site = as === 'site' ? check(text) : undefined;
  const issues = site ? site.issues : issuesOf(text, as, origin);
  const level = levelOf(issues);
  const grants = site?.document ? describeGrants(site.grants, code) : undefined;
  if (json) console.log(JSON.stringify({ level, issues, ...(grants !== undefined && { grants }) }, null, 2));
  else {
    for (const one of issues) console.log(sentence(file, one));
    console.log(`${file}: ${level.replaceAll('-', ' ')}`);
    if (grants !== undefined) console.log(grants);
  }
  return {
    conformant: RSL_EXIT.ok,
    'not-conformant': RSL_EXIT.wrong,
    'conformant-with-warnings': RSL_EXIT.warnings,
  }[level];
}

function issuesOf(text: string, as: string, origin: string | undefined): readonly Issue[] {
  if (as === 'page') return readPage(text).flatMap((one) => one.issues);
  if (as === 'file') return lintFile(text).issues;
  return lintFeed(text, origin === undefined ? {} : { origin }).issues;
}

function fixFile(file: string, { out, json }: { out?: string; json?: boolean }): number {
  const { text, changes, choices } = repair(read(file));
  if (out !== undefined) writeFileSync(out, text);
  if (json) console.log(JSON.stringify({ changes, choices, text }, null, 2));
  else {
    for (const { code, path, position, before, after, reason } of changes) {
      console.log(`${file}:${position.line}:${position.column} ${code} ${path}`);
      console.log(`- ${before.trim()}\n+ ${after.trim()}\n  ${reason}`);
    }
    for (const one of choices) console.log(sentence(file, one));
    const written = out === undefined ? 'Nothing was written; name a file with --out.' : `Written to ${out}.`;
    console.log(`${changes.length} changes, ${choices.length} for you to decide. ${written}`);
  }
  return choices.length === 0 ? RSL_EXIT.ok : RSL_EXIT.wrong;
}

function sentence(file: string, { severity, code, message, cure, path, position }: Issue): string {
  const place = `${file}:${position.line}:${position.column}`;
  return `${place} ${MARK[severity]} ${code} ${message} ${cure}${path === '' ? '' : ` (${path})`}`;
}

function read(file: string): string {
  return readFileSync(file === '-' ? 0 : file, 'utf8');
}
