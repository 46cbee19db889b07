import { writeFileSync } from 'node:fs';
import type { GuardedFetch } from '@clearway/net';
import { check } from '@clearway/rsl';
import { reviewStandards } from '@clearway/rsl/find';
import { type Command, Option } from 'commander';
import { type CheckFlags, checkFile } from './rsl/check-file.ts';
import { type Answer, explainFile } from './rsl/explain-file.ts';
import { fixFile } from './rsl/fix-file.ts';
import { MARK } from './rsl/issue-line.ts';
import { type NewFlags, newDocument } from './rsl/new-document.ts';
import { documentsIn, openTerms } from './rsl/open-terms.ts';
import { isWebAddress, readDocuments } from './rsl/read-documents.ts';
import { siteFetch, termsClient } from './web-fetch.ts';

/** Exit codes of `clearway rsl`; each command says which it uses. */
export const RSL_EXIT = { ok: 0, failed: 1, wrong: 2, warnings: 3 } as const;

const language = () => new Option('--language <code>', 'en or de').choices(['en', 'de']).default('en');

/** `clearway rsl`: check, explain, fix and write the licence file of a site, from a file or from the web. */
export function addRsl(program: Command, fetch: GuardedFetch = siteFetch()): void {
  const rsl = program.command('rsl').description('Check, explain, fix and write RSL 1.0 licence files');
  rsl
    .command('check <target>')
    .description(
      'Check a licence file: a file, - for standard input, or an address, of the file or of a page that points to it. ' +
        'Of an address also how it is named and served, and whether the frameworks it names lead to terms. ' +
        'Exit codes: 0 conformant, 1 failed, 2 not conformant or no terms in it, 3 conformant with warnings',
    )
    .addOption(
      new Option('--as <kind>', 'how it is published; left out, as what it is').choices([
        'site',
        'page',
        'feed',
        'file',
      ]),
    )
    .option('--origin <url>', 'address of the feed')
    .option('--online', 'of a file too, ask whether the frameworks it names lead to terms')
    .addOption(language())
    .option('--json', 'print the findings as JSON')
    .action(async (target: string, flags: CheckFlags & { online?: boolean }) => {
      const read = await readDocuments(target, fetch);
      const { documents } = read;
      const online = flags.online || isWebAddress(target);
      const standards = online
        ? await reviewStandards(
            documents.flatMap(documentsIn),
            termsClient(fetch, () => Date.now(), target),
          )
        : [];
      const review = [...read.review, ...standards];
      for (const { url, code, message, cure } of review)
        console.error(`${url} ${MARK.warning} ${code} ${message} ${cure}`);
      const code = tell(
        documents.map((one) => checkFile(one, flags)),
        flags.json,
      );
      process.exitCode = code === RSL_EXIT.ok && review.length > 0 ? RSL_EXIT.warnings : code;
    });
  rsl
    .command('explain <target>')
    .description(
      'Say what a licence file really grants, or, with --usage, answer one question by every reading. ' +
        'Exit codes: 0 licensed (or no question), 1 failed, 2 not licensed, 3 no answer',
    )
    .option('--url <path>', 'path or address the question is about; of an address that address, else /')
    .option('--usage <token>', 'all, ai-all, ai-train, ai-input, ai-index or search')
    .option('--user <class>', 'commercial, non-commercial, education, government or personal')
    .option('--place <codes...>', 'countries of the operator and of the processing')
    .option('--report <profiles...>', 'profiles of the reports that will be made')
    .option(
      '--date <day>',
      'day of the use, or RFC 3339 time; what is permitted counts from the last change on',
    )
    .option('--agent <token>', 'product token of who asks')
    .option('--strict', 'any prohibition stands, and silence is no permission')
    .addOption(language())
    .option('--json', 'print the answer as JSON')
    .action(async (target: string, flags) => {
      const { documents, page } = await readDocuments(target, fetch);
      const opened = documents.flatMap((one) => openTerms(one).map((terms) => ({ name: one.name, terms })));
      const answers = opened.map(({ name, terms }) => {
        const answer = explainFile(terms, { ...flags, url: flags.url ?? page });
        return opened.length > 1 ? { ...answer, lines: [`${name}:`, ...answer.lines] } : answer;
      });
      process.exitCode = tell(answers, flags.json);
    });
  rsl
    .command('fix <target>')
    .description(
      'Mend a licence file, or one that stands in a page, a feed or a file of XML, without granting anything new; ' +
        'prints every change with its reason and touches nothing else. ' +
        'Exit codes: 0 nothing is left to mend, 1 failed, 2 a person has to choose',
    )
    .option('--out <file>', 'write the mended text there; may be the same file')
    .option('--json', 'print changes, choices and the text as JSON')
    .action(async (target: string, flags: { out?: string; json?: boolean }) => {
      const { documents } = await readDocuments(target, fetch);
      if (documents.length > 1 && flags.out !== undefined)
        throw new Error(
          `There are ${documents.length} licence files; name one: ${documents.map((one) => one.name).join(', ')}`,
        );
      process.exitCode = tell(
        documents.map((one) => fixFile(one, flags.out)),
        flags.json,
      );
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
    .option('--json', 'print the text, and what it grants, as JSON')
    .action(({ out, json, ...flags }: NewFlags & { out?: string; json?: boolean }) => {
      const text = newDocument(flags);
      if (out !== undefined) writeFileSync(out, text);
      const { level, grants } = check(text);
      if (json) console.log(JSON.stringify({ file: out, level, grants, text }, null, 2));
      else if (out === undefined) process.stdout.write(text);
    });
}

/** Prints the answers; of several exit codes the gravest: failed, not so, in doubt, good. */
function tell(answers: readonly Answer[], json: boolean | undefined): number {
  const values = answers.map((one) => one.value);
  if (json) console.log(JSON.stringify(values.length === 1 ? values[0] : values, null, 2));
  else for (const line of answers.flatMap((one) => one.lines)) console.log(line);
  return [1, 2, 3, 0].find((code) => answers.some((one) => one.code === code)) ?? 0;
}
