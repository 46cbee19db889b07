import {
  check,
  compareReadings,
  describeGrants,
  discoverLicenses,
  evaluate,
  findMatches,
  type Issue,
  indexPatterns,
  isAllowed,
  levelOf,
  lintFeed,
  lintFile,
  matchPath,
  parseRobots,
  preparePath,
  type Question,
  type RslDocument,
  readLinkHeader,
  readPage,
  recordsFor,
  repair,
  rewrite,
  scanHtmlHead,
} from '@clearway/rsl';
import { repairInside } from '@clearway/rsl/find';
import {
  canonicalReport,
  readAiTxt,
  readCompRequest,
  readContentSignals,
  readContentUsage,
  readContentUse,
  readJsonLd,
  readOpf,
  readRobotsMeta,
  readSignals,
  readTdmHeaders,
  readTdmMeta,
  readTdmPolicy,
  readTdmrepJson,
  readXmp,
  readXRobotsTag,
  type SignalRecord,
  type SourceKind,
  type Statement,
} from '@clearway/signals';
import { containerTargets } from './container-targets.ts';
import { material } from './corpus.ts';
import { hold, issuesHold } from './hold.ts';
import type { Target } from './target.ts';
import { xmlWords } from './words.ts';

const usages = ['ai-train', 'search'] as const;
const outcomes = ['licensed-free', 'licensed-against', 'not-licensed', 'unknown'];
const rank = { 'licensed-free': 2, 'licensed-against': 1, 'not-licensed': 0, unknown: 0 } as const;
const profile = 'https://example.org/profile';
/** The first says nothing about itself. */
const clients: readonly Partial<Question>[] = [
  {},
  { userClass: 'commercial', places: ['US'], reportingProfiles: [profile] },
  { userClass: 'education', places: ['DE', 'CH'] },
  { userClass: 'x:press' },
  { places: ['GB'] },
];

/** How much each client is given for each usage, by the readings narrower, anywhere and strict: of everything, and below. */
function given(
  document: RslDocument,
  addresses: readonly string[] = ['/', '/articles/a.html'],
): [number, number, number][] {
  const questions = addresses.flatMap((asked) =>
    usages.flatMap((usage) => clients.map((client) => ({ url: asked, usage, ...client }))),
  );
  return questions.map((question) => {
    const { narrower, anywhere, strict } = compareReadings(document, question);
    return [rank[narrower.outcome], rank[anywhere.outcome], rank[strict.outcome]];
  });
}

function readRsl(text: string): void {
  const { document, issues, level, grants } = check(text);
  issuesHold(issues, text.length);
  hold(level === levelOf(issues), 'the level is that of the issues');
  hold(document !== undefined || level === 'not-conformant', 'what is no document is not conformant');
  hold(describeGrants(grants, 'de').length < 5_000, 'the sentence is short');
  if (!document) return;
  for (const usage of usages) {
    const { outcome, payments } = evaluate(document, { url: '/articles/a.html', usage });
    hold(outcomes.includes(outcome), 'the outcome is one of four');
    hold(
      outcome.startsWith('licensed') === payments.length > 0,
      'a licence names its payment, a refusal none',
    );
  }
  const all = given(document);
  for (const [index, [narrower, anywhere, strict]] of all.entries()) {
    hold(strict <= anywhere && anywhere <= narrower, 'strict is not wider');
    const silent = all[index - (index % clients.length)]!;
    hold(
      silent[0] <= narrower && silent[1] <= anywhere && silent[2] <= strict,
      'silence earns no more than an answer',
    );
  }
}

function rewriteRsl(text: string): void {
  const { document, issues } = check(text);
  if (!document) return;
  // CDATA marks are not kept, which `check` advises about.
  const codes = (list: readonly Issue[]) =>
    [...new Set(list.map((one) => one.code).filter((code) => code !== 'R52-no-cdata'))].sort().join();
  const again = check(rewrite(document));
  hold(again.document !== undefined, 'what was written can be read');
  hold(codes(again.issues) === codes(issues), 'it says the same');
}

function repairRsl(text: string): void {
  const before = check(text).document;
  const { text: xml } = repair(text);
  const after = check(xml).document;
  hold(!before || after !== undefined, 'a repaired document can be read');
  if (!before || !after) return;
  holdsNoMore(before, after);
}

function holdsNoMore(before: RslDocument, after: RslDocument): void {
  // What stands inside something else names its address in full.
  const named = before.contents.flatMap((one) => one.url ?? []).filter((one) => one.startsWith('https://'));
  const addresses = ['/', '/articles/a.html', ...named.slice(0, 2)];
  const was = given(before, addresses);
  for (const [index, now] of given(after, addresses).entries())
    hold(
      now.every((one, reading) => one <= was[index]![reading]!),
      'repair grants nothing new',
    );
}

const inside = {
  page: (text: string) => readPage(text).flatMap((one) => one.document ?? []),
  feed: (text: string) => lintFeed(text).items.map((one) => one.document),
  file: (text: string) => [lintFile(text).document].filter((one) => one !== undefined),
};

function repairIn(place: keyof typeof inside): (text: string) => void {
  return (text) => {
    const before = inside[place](text);
    const after = inside[place](repairInside(text, place).text);
    hold(after.length === before.length, 'what was repaired can be read, and nothing else');
    for (const [index, document] of after.entries()) holdsNoMore(before[index]!, document);
  };
}

function readRobots(text: string): void {
  const robots = parseRobots(text);
  for (const { raw, offset, group } of robots.records) {
    hold(text.startsWith(raw, offset), 'a record stands where it says');
    hold(group === undefined || robots.groups[group] !== undefined, 'its group is there');
  }
  hold(isAllowed(robots, 'GPTBot', '/robots.txt'), 'robots.txt itself is allowed');
  hold(typeof isAllowed(robots, 'GPTBot', '/a/b?c=%2f') === 'boolean', 'there is an answer');
  for (const { url } of discoverLicenses({ robots }, 'GPTBot').found)
    hold(URL.canParse(url), 'an address is one');
  recordsHold(readContentSignals(robots, 'GPTBot', 'x'), text);
  statementsHold(readContentUse(robots, 'GPTBot'));
  hold(recordsFor(robots, '*', 'license').records.length <= robots.records.length, 'no record is made up');
}

function statementsHold(list: readonly Statement[]): void {
  for (const { stance } of list)
    hold(['allow', 'disallow', 'conditional', 'none'].includes(stance), 'a stance is one of four');
}

function recordsHold(list: readonly SignalRecord[], text: string): void {
  for (const { raw, stance, offset } of list) {
    hold(['allow', 'disallow', 'conditional'].includes(stance), 'a stance is one of three');
    hold(offset === undefined || text.startsWith(raw, offset), 'a record stands where it says');
  }
}

function readHtml(text: string): void {
  for (const { offset, raw, name } of scanHtmlHead(text)) {
    hold(
      text.startsWith(raw, offset) && raw.toLowerCase().startsWith(`<${name}`),
      'a tag stands where it says',
    );
  }
}

const url = 'https://a.example/articles/a.html';
const at = '2026-11-22T08:00:00Z';

/** The whole way, from bytes: the report has to be the same when it is read and written again. */
function judge(kind: SourceKind): (text: string) => Promise<void> {
  return async (text) => {
    const body = Buffer.from(text, text.length % 7 === 0 ? 'latin1' : 'utf8');
    const report = await readSignals({ url, at, sources: [{ kind, url, at, body }] });
    const canonical = canonicalReport(report);
    hold(canonicalReport(JSON.parse(canonical)) === canonical, 'the report is canonical');
    for (const { byteOffset } of report.records)
      hold(byteOffset <= body.length, 'a record stands in its source');
    for (const { usages: answers } of report.verdicts)
      for (const { usable, outcome } of Object.values(answers))
        hold(!usable || outcome === 'allowed' || outcome === 'licensed', 'only what is allowed is usable');
  };
}

function patterns(text: string): void {
  const [path = '', ...list] = text.split('\n');
  const prepared = preparePath(path);
  const each = list.flatMap((one, place) => (matchPath(one, path) ? [place] : []));
  hold(findMatches(indexPatterns(list), prepared).join() === each.join(), 'the index finds what matches');
}

const tdmWords =
  '[{"location":"/","tdm-reservation":|1|0|"1"|true|null|"tdm-policy":"https://a.example/p"|{|}|]|,|"*"|"/a*b$"';
const robotsWords =
  'User-agent: *\n|User-agent: GPTBot\n|Disallow: /\n|Allow: /*a$\n|License: https://a.example/l.xml\n|Content-Usage: train-ai=n\n|Content-Usage: /x train-ai=y\n|Content-Signal: ai-train=no, use=full\n|\r\n|#|:|Sitemap: x\n|/%2a|*';
const htmlWords =
  '<link rel="license" type="application/rsl+xml" href="https://a.example/l.xml">|<script type="application/rsl+xml">|</script>|<!--|-->|<meta name="robots" content="noai">|<meta name="tdm-reservation" content="1">|</head>|<body>|<div id="a">|</div>|<template>|&amp;|&#0;|<![CDATA[|]]>|<script type="application/ld+json">|{"@type":"CreativeWork","license":"https://creativecommons.org/licenses/by/4.0/"}';
const xmpWords =
  ' plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"| tdm:reservation="1"|<rdf:Description>|</rdf:Description>|<x:xmpmeta xmlns:x="adobe:ns:meta/">|<?xpacket begin=""?>|rdf:resource="|<rdf:li>|<meta property="tdm:reservation">1</meta>';
const headerWords =
  'train-ai=n|search=y|, |;|=|?1|"a"|a=(|)|:YQ==:|@1|%"|noai|gptbot: |tdm-reservation: 1\r\n|x-robots-tag: noai\r\n|content-usage: train-ai=n\r\n|link: <https://a.example/l.xml>; rel="license"; type="application/rsl+xml"\r\n';
const rsl = material(['document.xml', 'license.xml'], xmlWords);
const robots = material(['robots.txt'], robotsWords);
const html = material(['page.html'], htmlWords);
const xmp = material(['file.xmp'], xmpWords);
const tdm = material(['tdmrep.json', 'policy.json'], tdmWords);
const headers = material(['headers.txt', 'link.txt'], headerWords);

export const targets: readonly Target[] = [
  { name: 'rsl', share: 14, material: rsl, run: readRsl },
  { name: 'rsl-rewrite', share: 4, material: rsl, run: rewriteRsl },
  { name: 'rsl-repair', share: 4, material: rsl, run: repairRsl },
  {
    name: 'feed',
    share: 4,
    material: rsl,
    run: (text) => issuesHold(lintFeed(text, { origin: url }).issues, text.length),
  },
  {
    name: 'file',
    share: 4,
    material: material(['document.xml', 'package.opf', 'file.xmp'], xmlWords),
    run: (text) => issuesHold(lintFile(text).issues, text.length),
  },
  { name: 'page', share: 5, material: html, run: (text) => readPage(text).length },
  { name: 'repair-page', share: 1, material: material(['page.html'], xmlWords), run: repairIn('page') },
  { name: 'repair-feed', share: 1, material: rsl, run: repairIn('feed') },
  {
    name: 'repair-file',
    share: 1,
    material: material(['document.xml', 'package.opf', 'file.xmp'], xmlWords),
    run: repairIn('file'),
  },
  { name: 'html-head', share: 8, material: html, run: readHtml },
  {
    name: 'link',
    share: 8,
    material: headers,
    run: (text) =>
      readLinkHeader(text).every(({ target, parameters }) =>
        hold(
          text.includes(target) && Object.keys(parameters).every((name) => name !== ''),
          'a link is in the header',
        ),
      ),
  },
  { name: 'robots', share: 9, material: robots, run: readRobots },
  {
    name: 'patterns',
    share: 5,
    material: material(['patterns', 'paths'], '\n|/|*|$|%2F|%|/a*b$|\n/*/\n/a\n/a*\n'),
    run: patterns,
  },
  {
    name: 'dictionary',
    share: 8,
    material: material(
      ['headers.txt', 'dictionary'].filter(
        (name) => name !== 'dictionary' || process.env.CLEARWAY_VECTORS !== undefined,
      ),
      headerWords,
    ),
    run: (text) => recordsHold(readContentUsage(text, 'x'), text),
  },
  {
    name: 'x-robots-tag',
    share: 3,
    material: headers,
    run: (text) => recordsHold(readXRobotsTag(text, 'x'), text),
  },
  {
    name: 'tdm-headers',
    share: 2,
    material: headers,
    run: (text) => readTdmHeaders({ 'tdm-reservation': text, 'tdm-policy': text }, 'x'),
  },
  {
    name: 'robots-meta',
    share: 3,
    material: html,
    run: (text) => recordsHold(readRobotsMeta(text, 'x'), text),
  },
  { name: 'tdm-meta', share: 2, material: html, run: (text) => recordsHold(readTdmMeta(text, 'x'), text) },
  { name: 'json-ld', share: 3, material: html, run: (text) => statementsHold(readJsonLd(text)) },
  {
    name: 'tdmrep',
    share: 3,
    material: tdm,
    run: (text) => recordsHold(readTdmrepJson(text, '/a', 'x'), text),
  },
  { name: 'tdm-policy', share: 2, material: tdm, run: (text) => readTdmPolicy(text) },
  {
    name: 'comp',
    share: 2,
    material: material(['request.json'], '{|}|[|]|"ai-train"|0|1|null|"function":'),
    run: (text) => readCompRequest(text),
  },
  {
    name: 'ai-txt',
    share: 2,
    material: material(['ai.txt', 'robots.txt'], 'User-Agent: *\n|Disallow: *.html\n|Disallow: /\n|Allow: *'),
    run: (text) => statementsHold(readAiTxt(text, 'GPTBot', '/a.html')),
  },
  { name: 'xmp', share: 2, material: xmp, run: (text) => statementsHold(readXmp(text)) },
  {
    name: 'opf',
    share: 1,
    material: material(['package.opf'], xmpWords),
    run: (text) => statementsHold(readOpf(text)),
  },
  { name: 'judge-robots', share: 1, material: robots, run: judge('robots') },
  { name: 'judge-headers', share: 1, material: headers, run: judge('headers') },
  { name: 'judge-html', share: 1, material: html, run: judge('html') },
  { name: 'judge-rsl', share: 1, material: rsl, run: judge('rsl') },
  { name: 'judge-xmp', share: 1, material: xmp, run: judge('xmp') },
  { name: 'judge-tdmrep', share: 1, material: tdm, run: judge('tdmrep') },
  ...containerTargets,
];
