import { agentByToken, compareAgentList, findAgents, proposeAgents } from '@clearway/agents';
import { findXmp, lintFile, parse, parseStream } from '@clearway/rsl';
import { openFile, readHar, readSignals } from '@clearway/signals';
import { headersOfPeople, material } from './corpus.ts';
import { hold, issuesHold } from './hold.ts';
import { makeEpub, makePdf } from './make-containers.ts';
import type { Target } from './target.ts';
import { xmlWords } from './words.ts';

const place = { url: 'https://a.example/file', at: '2026-11-22T08:00:00Z' };
const largestPart = 2 * 1024 * 1024;

/** Bytes are damaged as text of one byte a character. */
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

async function openEpub(body: Uint8Array): Promise<void> {
  const sources = await openFile('a.epub', body, place);
  hold(sources.length === 1 && sources[0]!.kind === 'epub-opf', 'an EPUB is one package document');
  hold(sources[0]!.body.length <= largestPart, 'no part is larger than allowed');
  await readSignals({ ...place, sources });
}

async function openPdf(body: Uint8Array): Promise<void> {
  const sources = await openFile('a.pdf', body, place);
  hold(sources.length >= 1 && sources.length <= 21, 'a PDF has so many packets at most');
  for (const { kind, body: part } of sources)
    hold(kind === 'xmp' && part.length <= largestPart, 'each is XMP of no more than the limit');
  await readSignals({ ...place, sources });
}

function cutXmp(text: string): void {
  const file = Buffer.from(text);
  const found = findXmp(file);
  if (!found) return;
  const packet = Buffer.from(found);
  hold(file.includes(packet), 'the packet is in the file');
  hold(packet.subarray(0, 10).toString() === '<x:xmpmeta', 'it begins with its tag');
  hold(packet.subarray(-12).toString() === '</x:xmpmeta>', 'and ends with it');
  issuesHold(lintFile(packet).issues, text.length);
}

async function readInPieces(text: string): Promise<void> {
  const bytes = Buffer.from(text, text.length % 5 === 0 ? 'latin1' : 'utf8');
  const size = 1 + (text.length % 97);
  let taken = 0;
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += size) {
      taken += size;
      yield bytes.subarray(from, from + size);
    }
  }
  const [whole, inPieces] = [parse(bytes), await parseStream(pieces())];
  hold(JSON.stringify(inPieces) === JSON.stringify(whole), 'pieces change nothing');
  taken = 0;
  const { document } = await parseStream(pieces(), { limits: { maxBytes: 50 } });
  hold(bytes.length <= 50 || document === undefined, 'too much is refused');
  hold(taken <= 50 + 2 * size, 'and not taken');
}

async function openArchive(text: string): Promise<void> {
  try {
    const { url, sources } = await readHar(text);
    hold(URL.canParse(url) && sources.length > 0, 'an archive has a page');
    for (const one of sources) hold(URL.canParse(one.url), 'every source has an address');
    await readSignals({ url, at: place.at, sources });
  } catch (error) {
    // What it is said to throw.
    if (!(error instanceof TypeError && /archive/.test(error.message))) throw error;
  }
}

function nameAgents(header: string): void {
  const found = findAgents(header);
  const text = header.toLowerCase();
  for (const { token, kind } of found) {
    hold(text.includes(token.toLowerCase()), 'an agent is named in the header');
    hold(kind !== 'control' && agentByToken(token) !== undefined, 'it is one that comes');
  }
  hold(new Set(found).size === found.length, 'each once');
  const glued = findAgents(header.replaceAll(/[\s;,()[\]{}"+/]/g, 'x'));
  hold(glued.length === 0 || /^[^\s;,()[\]{}"+/]*$/.test(header), 'parts of words are no names');
}

function compareLists(text: string): void {
  try {
    const { listed, added } = compareAgentList(text);
    const proposal = proposeAgents(text, { source: 'x', madeOn: '2026-11-22' });
    hold(proposal.added.length <= added.length && added.length <= listed, 'nothing is made up');
    const refused = new Set(proposal.refused.map(({ token }) => token));
    for (const { row } of proposal.added) {
      hold(!refused.has(row.token) && agentByToken(row.token) === undefined, 'what is added is new');
      hold(row.purposes.length > 0 && row.verify.length === 0, 'a row says no more than the list');
      const named = findAgents(`Mozilla/5.0 (X11) ${row.token.slice(0, 3)} Safari/605`);
      hold(named.length === 0, 'the list stays as it was');
    }
  } catch (error) {
    if (!(error instanceof TypeError && error.message.startsWith('This is no list of agents'))) throw error;
  }
}

const archive = JSON.stringify({
  log: {
    entries: [
      entry('https://a.example/', 'text/html', '<head><meta name="robots" content="noai"></head>'),
      entry('https://a.example/robots.txt', 'text/plain', 'License: https://a.example/l.xml\n'),
      entry('https://a.example/l.xml', 'application/rsl+xml', '<rsl xmlns="https://rslstandard.org/rsl"/>'),
      entry('https://a.example/.well-known/tdmrep.json', 'application/json', 'W10=', 'base64'),
    ],
  },
});

function entry(url: string, mimeType: string, text: string, encoding?: string) {
  const headers = [{ name: 'Content-Type', value: mimeType }];
  const content = { mimeType, text, ...(encoding && { encoding }) };
  return { startedDateTime: place.at, request: { url }, response: { status: 200, headers, content } };
}

const opf = material(['package.opf'], xmlWords);
const xmp = material(['file.xmp'], xmlWords);
const zipWords = [
  ...[
    'PK\x03\x04',
    'PK\x01\x02',
    'PK\x05\x06',
    '\xff\xff\xff\xff',
    '\x00\x00\x00\x00',
    '\x08\x00',
    '\x01\x00',
  ],
  ...['META-INF/container.xml', 'OEBPS/p.opf', 'full-path="', '../../etc/passwd', '\x00'],
];
const pdfWords = [
  ...[
    '/Type /Metadata',
    '/FlateDecode',
    'stream\r\n',
    'endstream',
    'obj',
    'endobj',
    '/Length 99999999',
    '\x78\x9c',
  ],
  ...['<x:xmpmeta xmlns:x="adobe:ns:meta/">', '</x:xmpmeta>', '%%EOF'],
];
const harWords =
  '"log":|"entries":|{|}|[|]|null|"request":|"response":|"status":|200|"url":|"https://a.example/ai.txt"|"encoding":"base64"|"text":"%%%"|"headers":[{"name":"","value":"\\n"}]|"startedDateTime":"x"';
const agentWords =
  'GPTBot/1.2|Kangaroo Bot|; compatible;|+https://openai.com/gptbot|Google-Extended|bingbot|CCBot/2.0|(|)|//|/a/b|[|"|\t|ChatGPT Agent|-lookalike';
const listWords =
  '{"operator":"X","function":"AI Assistants"}|"function":|"AI Data Scrapers"|null|[]|"__proto__":|"constructor":|"GPTBot":|"Spider":|,|:|{|}';

/** Containers, streams, and the names of agents. */
export const containerTargets: readonly Target[] = [
  {
    name: 'zip',
    share: 2,
    material: {
      texts: opf.texts.flatMap((text) =>
        [true, false].map((packed) => makeEpub(text, packed).toString('latin1')),
      ),
      words: zipWords,
    },
    run: (text) => openEpub(bytesOf(text)),
  },
  { name: 'epub', share: 1, material: opf, run: (text) => openEpub(makeEpub(text, text.length % 2 === 0)) },
  {
    name: 'pdf',
    share: 2,
    material: { texts: xmp.texts.map((text) => makePdf(text).toString('latin1')), words: pdfWords },
    run: (text) => openPdf(bytesOf(text)),
  },
  { name: 'pdf-metadata', share: 1, material: xmp, run: (text) => openPdf(makePdf(text)) },
  {
    name: 'find-xmp',
    share: 2,
    material: {
      ...xmp,
      words: [...xmp.words, '<x:xmpmeta', '</x:xmpmeta>', '<x:xmpmeta xmlns:x="adobe:ns:meta/">'],
    },
    run: cutXmp,
  },
  { name: 'parse-stream', share: 2, material: material(['document.xml'], xmlWords), run: readInPieces },
  { name: 'har', share: 2, material: { texts: [archive], words: harWords.split('|') }, run: openArchive },
  {
    name: 'user-agent',
    share: 4,
    material: { texts: headersOfPeople, words: agentWords.split('|') },
    run: nameAgents,
  },
  {
    name: 'agents-list',
    share: 1,
    material: {
      texts: ['{"NewBot":{"operator":"New","function":"AI Search Crawlers"},"GPTBot":{"operator":"OpenAI"}}'],
      words: listWords.split('|'),
    },
    run: compareLists,
  },
];
