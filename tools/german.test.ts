import { globSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { protocolProblems, tellCheckInGerman, utf8, verifiableFormats, verifyFile } from '@clearway/protocol';
import { issueCodes, lint } from '@clearway/rsl';
import { tellIssue } from '@clearway/signals';
import { describe, expect, it } from 'vitest';
import { checkSentences, germanCures } from '../packages/protocol/src/check-words.ts';
import { detailSentences, detailText } from '../packages/server/src/web/detail-text.ts';
import { noteSentences } from '../packages/signals/src/note-words.ts';
import { rslCures, rslSentences } from '../packages/signals/src/rsl-words.ts';
import type { Sentences } from '../packages/signals/src/tell-sentences.ts';
import { asInSource, detailsIn, holesIn, reachedFrom, sentencesIn } from './sentences.ts';

const root = join(import.meta.dirname, '..');
const sources = (folder: string) =>
  globSync(`packages/${folder}/src/**/*.{ts,tsx}`, { cwd: root })
    .filter((path) => !/\.test\.tsx?$|\/testing\//.test(path))
    .map((path) => join(root, path));

/** Sentences of the sources, without those of files that say nothing on a page. */
function said(folder: string, without: RegExp): string[] {
  return sources(folder)
    .filter((path) => !without.test(basename(path)))
    .flatMap(sentencesIn);
}

const same = (table: Sentences) => Object.keys(table).map(asInSource);

describe.each(Object.entries({ rslSentences, noteSentences, checkSentences, detailSentences }))(
  '%s',
  (_, table) => {
    it('puts in the same values in both languages', () => {
      const torn = Object.entries(table).filter(([en, de]) => `${holesIn(en)}` !== `${holesIn(de)}`);
      expect(torn).toEqual([]);
    });
  },
);

describe('faults of RSL', () => {
  it('every code has a cure of its own in German', () => {
    expect(Object.keys(rslCures).sort()).toEqual(Object.keys(issueCodes).sort());
    for (const [code, [, cure]] of Object.entries(issueCodes))
      expect(rslCures[code as keyof typeof rslCures]).not.toBe(cure);
  });

  // Writers and repairs speak to programmers, evaluations to the command line, reviews and grants in words of their own.
  const silent =
    /^(?:issues|find-terms|places|render-xml|repair|scan-page|vocabulary|write.*|evaluate|answer-terms|collect-statements|explain-ignored|review-terms|describe-grants)\.ts$/;

  it('every sentence has its German, and none is left of what is said no more', () => {
    const found = new Set(said('rsl', silent));
    const known = new Set(same(rslSentences));
    expect([...found].filter((one) => !known.has(one))).toEqual([]);
    expect([...known].filter((one) => !found.has(one) && one.includes(' '))).toEqual([]);
  });

  it('are told in German with the values in them', () => {
    const told = (xml: string) => {
      const [issue] = lint(xml).issues;
      return tellIssue(issue!, 'de').message;
    };
    const page = (inside: string) =>
      `<rsl xmlns="https://rslstandard.org/rsl"><content url="/">${inside}</content></rsl>`;
    const permits = (type: string, words: string) =>
      page(`<license><permits type="${type}">${words}</permits></license>`);
    expect(told('<rsl>')).toBe('Nicht wohlgeformtes XML: <rsl> wird nicht geschlossen.');
    expect(told('<rsl a="')).toBe('Nicht wohlgeformtes XML: ein Attribut ohne Ende.');
    expect(told('<!-- ')).toBe('Nicht wohlgeformtes XML: ein Kommentar ohne Ende.');
    expect(told('<a/>')).toBe('Die Wurzel ist <a> in keinem Namensraum.');
    expect(told('<a xmlns="u:x"/>')).toBe('Die Wurzel ist <a> in dem Namensraum u:x.');
    expect(told(permits('usage', 'train-ai'))).toBe(
      '„train-ai“ ist keine Nutzung. Es heißt jetzt „ai-train“.',
    );
    expect(told(permits('usage', 'cooking'))).toBe('„cooking“ ist keine Nutzung.');
    expect(told(permits('geo', 'no'))).toBe('„no“ ist kein Land.');
    const legal = page(
      '<license><permits type="usage">all</permits><legal type="warranty">a value</legal></license>',
    );
    expect(told(legal)).toBe('„a“ ist kein Wort für type="warranty".');
    const report = '<reporting type="audit" profile="a value"/>';
    expect(told(page(`<license><permits type="usage">all</permits>${report}</license>`))).toBe(
      'profile des Berichts ist „a value“.',
    );
  });
});

describe('notes on signals', () => {
  // What they say is written out for machines or for programmers, or told in words of its own.
  const silent =
    /^(?:(?:note|report|rsl)-words|review-findings|tell-sentences|write-.*|publish-.*|compare|escape|file-snippets|server-configs|cloudflare-configs|aipref|cc|content-signal|noai|tdmrep|sniff-kind|read-har|describe-report)\.ts$/;
  /** Of no damage: kept beside what decides, shown by the command line alone. */
  const beside = [
    'The JSON-LD cannot be read.',
    'It stands above the first User-agent line and so speaks to nobody.',
    'It begins with a path, and Content-Signal knows none.',
    'robots.txt cannot be reached: nothing may be fetched.',
    'The file is longer than 500 KiB, and the rest was not read.',
    'An element {} of the page has terms of its own; they say nothing of the rest.',
    ' id="{}"',
    'It only says where terms are.',
    'An entry above it matches the same addresses and says something else; the first match counts.',
    'No machine-readable policy: the terms are unknown.',
    'Mining is offered against: {}.',
    'no duty',
    'Generative training only.',
    '@clearway/signals 2',
    '"{}" is no time as in RFC 3339.',
  ];
  const ofRsl = ['{} is licensed without charge.', 'The document cannot be read ({}).'];

  it('every sentence has its German, and none is left of what is said no more', () => {
    const found = new Set(said('signals', silent));
    const known = same(noteSentences);
    expect([...found].filter((one) => !known.includes(one) && !beside.includes(one))).toEqual([]);
    expect(beside.filter((one) => !found.has(one))).toEqual([]);
    const rsl = new Set(said('rsl', /^$/));
    expect(ofRsl.filter((one) => !rsl.has(one))).toEqual([]);
    expect(known.filter((one) => !found.has(one) && !ofRsl.includes(one))).toEqual([]);
  });
});

describe('checks of a file', () => {
  const door = join(root, 'packages/protocol/src/verify-file.ts');
  /** Titles and cures go by their code, the words of a case are in both languages, and whoever signs is no reader. */
  const silent = ['problem.ts', 'evidence/words.ts', 'jws/sign.ts'];
  /** Sentences of the chain of several statements, which only the command line follows. */
  const chain =
    /^statement \{\} of \{\} in \{\}$|^\{\} (?:does not (?:follow|open|begin)|names another statement)/;
  /** Where the source puts a word of ours into a sentence, each of the words has its own. */
  const spelt: Readonly<Record<string, readonly string[]>> = {
    'a {} is there twice': ['a line is there twice', 'a movement is there twice'],
    '{} {} named, {} counted, {} hidden.': [
      '{} people named, {} counted, {} hidden.',
      '{} organisations named, {} counted, {} hidden.',
    ],
    '{} {} counted, {} of them hide their name': [
      '{} people counted, {} of them hide their name',
      '{} organisations counted, {} of them hide their name',
    ],
    ' must be $1.': ['"{}" must be present.', '"{}" must be absent.'],
    '; and {} more': ['and {} more'],
  };

  it('every code has a cure of its own in German', () => {
    const problems = protocolProblems();
    expect(Object.keys(germanCures).sort()).toEqual(problems.map((one) => one.code));
    for (const { code, cure } of problems) expect(germanCures[code]).not.toBe(cure);
  });

  it('every sentence has its German, and none is left of what is said no more', () => {
    const here = (path: string) => relative(join(root, 'packages/protocol/src'), path);
    const found = reachedFrom(door)
      .filter((path) => !silent.includes(here(path)))
      .flatMap(sentencesIn)
      .filter((one) => !chain.test(one) && one !== ' or ')
      .flatMap((one) => spelt[one] ?? [one]);
    const known = same(checkSentences);
    expect(found.filter((one) => !known.includes(one))).toEqual([]);
    const stale = known.filter((one) => one.includes(' ') && !found.includes(one));
    expect(stale).toEqual([]);
  });

  it('are told with the values in them, with code and cure', async () => {
    const details = async (text: string) =>
      (await verifyFile(utf8(text))).checks.map(({ detail }) => tellCheckInGerman(detail));
    expect(await details('{}')).toEqual([
      expect.stringMatching(/^Eine solche Datei lässt sich nicht prüfen; /),
    ]);
    const cut = (format: string) => `{"format":"${format}"`;
    for (const format of verifiableFormats)
      for (const end of ['', ',"more":1}', '}'])
        for (const told of await details(`${cut(format)}${end}`))
          expect([format, end, told]).not.toContain(undefined);
    expect(tellCheckInGerman('line a: a use is counted twice; a line is there twice; and 3 more.')).toBe(
      'Zeile a: Eine Nutzung ist doppelt gezählt; eine Zeile ist doppelt da; und weitere: 3.',
    );
    expect(tellCheckInGerman('Something else entirely.')).toBeUndefined();
  });
});

describe('the detail of a problem on a page', () => {
  /** Said to gates and to programs that write files for the log, never on a page. */
  const toPrograms = ['segment {} was counted with other content', '"prev" is not the hash of segment {}'];

  it('every sentence has its German', () => {
    const known = same(detailSentences);
    const found = sources('server')
      .flatMap(detailsIn)
      .filter((one) => /[a-z]{2}/.test(one.replaceAll('{}', '')) && !toPrograms.includes(one));
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((one) => !known.includes(one) && !/^[A-Z][A-Za-z]*\/\S+ \{\}$/.test(one))).toEqual(
      [],
    );
    const passedOn = ['packages/signals/src/read-har.ts', 'packages/net/src/address.ts'];
    const elsewhere = passedOn.flatMap((path) => sentencesIn(join(root, path)));
    expect(elsewhere.filter((one) => !known.includes(one) && one !== '{} address')).toEqual([]);
    const all = [...found, ...elsewhere];
    const stale = known.filter((one) => one.includes(' ') && !all.includes(one));
    expect(stale.filter((one) => !/^\w+ address$/.test(one))).toEqual(['{}: {}']);
  });

  it('is told with the values in it, and what is no sentence stays', () => {
    const told = (detail: string, code = 'site-address-private') => detailText('de', { code, detail });
    expect(told('printer.lan: names under .lan are local')).toBe(
      'printer.lan: Namen unter .lan gelten nur im eigenen Netz',
    );
    expect(told('NAT64 form of a private address')).toBe('in der Form NAT64: private Adresse');
    expect(told('The archive holds no answer for a page.')).toBe(
      'Die Aufzeichnung enthält keine Antwort für eine Seite.',
    );
    expect(told('The archive holds no answer for https://a.example/.')).toContain('https://a.example/');
    expect(told('"/hits" is not a list.', 'report-malformed')).toBe('Bei „/hits“ steht nicht: eine Liste.');
    for (const kept of [
      '90 %',
      'Mara Holt',
      'isbn 3-16: 0 → 7',
      'Collected works',
      'name · mail address',
      'text',
    ])
      expect(told(kept, 'holder-twice')).toBe(kept);
    expect(detailText('en', { code: 'site-address-port', detail: 'port 81' })).toBe('port 81');
  });
});
