import { agents } from '@clearway/agents';
import type { GuardedFetch } from '@clearway/net';
import {
  canonicalReport,
  gatherSources,
  readSignals,
  type SignalScope,
  type SignalsReport,
  scopesOf,
} from '@clearway/signals';
import type { Command } from 'commander';
import { type Place, printPlaces, printReport } from './signals/print-report.ts';
import { type PublishFlags, publishFolder } from './signals/publish-folder.ts';
import { readFiles } from './signals/read-files.ts';
import { signalFetch, siteFetch } from './web-fetch.ts';

/** Exit codes: 0 what is said agrees, 1 nobody answers there, 2 it contradicts itself or cannot be read in part. */
export const SIGNALS_EXIT = { ok: 0, unreachable: 1, contradiction: 2 } as const;

/** Nobody reads more; `--url` asks for any other. */
const MAX_PLACES = 12;

type Flags = { agent?: string[]; url?: string; usableUnlessReserved?: boolean; at?: string; json?: boolean };

/** `clearway signals`: what a site says to AI and what follows from it; one choice for every channel. */
export function addSignals(program: Command, fetch: GuardedFetch = siteFetch()): void {
  const signals = program
    .command('signals')
    .description('The signs of permission and refusal a site gives to AI');
  signals
    .command('read <target>')
    .description(
      'Read every sign at an address (also of a PDF, an EPUB or a picture), in an HTTP archive (.har), in one file, or in a folder ' +
        'with robots.txt, headers.txt, index.html, tdmrep.json, ai.txt, *.xml (RSL), *.xmp, *.opf, *.epub, *.pdf. ' +
        'Exit codes: 0 it agrees, 1 nobody answers, 2 it contradicts itself or cannot be read in part',
    )
    .option('--agent <token...>', 'judge for these product tokens only')
    .option(
      '--url <url>',
      'the address the files belong to, or the page of the archive; without it every part of the site is told',
    )
    .option('--usable-unless-reserved', 'silence permits (Directive (EU) 2019/790, Article 4)')
    .option('--at <time>', 'the time to put on the records (RFC 3339) instead of now')
    .option('--json', 'print the whole report as canonical JSON: same inputs, same bytes')
    .action(async (target: string, flags: Flags) => {
      process.exitCode = await readCommand(fetch, target, flags, flags.at ?? new Date().toISOString());
    });
  signals
    .command('publish')
    .description(
      'Write one choice for every channel into a folder: robots.txt, RSL, TDMRep with its policy, headers for nginx, Caddy, Apache and ' +
        'Cloudflare, HTML, RSS, XMP. Without --free and --paid it refuses every use. Exit codes: 0 written, 1 failed',
    )
    .requiredOption('--site <url>', 'address of the site')
    .requiredOption('--out <dir>', 'folder to write into')
    .option('--from <file>', 'take the choice from this RSL document instead of the options below')
    .option('--free <usages...>', 'usages that are free, for example search')
    .option('--paid <usages...>', 'usages against payment')
    .option('--payment <type>', 'see clearway rsl new', 'use')
    .option('--amount <decimal>', 'price')
    .option('--currency <code>', 'ISO 4217', 'EUR')
    .option('--server <url>', 'license server for the paid usages')
    .option('--holder <name>', 'rights holder')
    .option('--contact <address>', 'address for rights questions; the address of a role, not of a person')
    .option('--terms <url>', 'terms that people read')
    .option('--max-age <days>', 'days the RSL document may be trusted')
    .option('--not-ours <patterns...>', 'paths with works of others: refused in every channel')
    .option('--readers-may-differ', 'publish also a document of --from that careful readers read in two ways')
    .option('--all-ours', 'say that nothing on the site belongs to others')
    .option('--robots <file>', 'the present robots.txt: its rules stay, each group learns what is said')
    .option('--license-url <url>', 'where the RSL document will be, if not /license.xml of the site')
    .option('--link-header-only', 'point to the RSL document by the Link header alone')
    .option('--json', 'print what was written as JSON')
    .action((flags: PublishFlags) => {
      const texts = publishFolder(flags);
      const list = texts.map(({ path, form }) => ({ path, form }));
      if (flags.json) console.log(JSON.stringify({ out: flags.out, texts: list }, null, 2));
      else
        for (const { path, form } of list)
          console.log(`${form === 'file' ? 'serve as it is ' : 'lines to put in'}  ${flags.out}/${path}`);
    });
}

async function readCommand(fetch: GuardedFetch, target: string, flags: Flags, at: string): Promise<number> {
  const found = /^https?:/i.test(target)
    ? await gatherSources(signalFetch(fetch), target, at)
    : await readFiles(target, flags.url, at);
  const ask = (url: string): Promise<SignalsReport> =>
    readSignals({
      url,
      sources: found.sources,
      at,
      agents: flags.agent ?? ['*', ...agents.map((one) => one.token)],
      silence: flags.usableUnlessReserved ? 'usable-unless-reserved' : 'not-usable',
    });
  const report = await ask(found.url);
  const isPage = /^https?:/i.test(target) || /\.har$/i.test(target) || flags.url !== undefined;
  const scopes = scopesOf(found.sources).filter((one) => one.pattern !== '/');
  const places = isPage ? [] : await readPlaces(scopes, ask);
  const whole = { ...report, ...(places.length > 0 && { places }) };
  if (flags.json) console.log(canonicalReport(whole));
  else console.log([printReport(report), printPlaces(scopes, places)].filter(Boolean).join('\n\n'));
  return Math.max(exitCode(report), ...places.map((one) => exitCode({ ...report, ...one })));
}

/** What files say for each part of a site they have rules for, where nobody said which address is meant. */
async function readPlaces(
  scopes: readonly SignalScope[],
  ask: (url: string) => Promise<SignalsReport>,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const { pattern, url } of scopes.slice(0, MAX_PLACES)) {
    if (url === undefined) continue;
    const { records, verdicts, contradictions } = await ask(url);
    places.push({ pattern, url, records, verdicts, contradictions });
  }
  return places;
}

/** See {@link SIGNALS_EXIT}. */
export function exitCode({ sources, contradictions }: SignalsReport): number {
  if (sources.length === 0 || sources.every((one) => one.status === 0)) return SIGNALS_EXIT.unreachable;
  return contradictions.length > 0 ? SIGNALS_EXIT.contradiction : SIGNALS_EXIT.ok;
}
