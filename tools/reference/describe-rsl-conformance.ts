import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemsOf, type OfItems } from '../../conformance/items-of.ts';
import { page, table } from './markdown.ts';

interface Item {
  readonly item: string;
  readonly level: string;
  readonly who: string;
  readonly text: string;
  readonly reading?: string;
  readonly source: string;
  /** What of it no case can show, and why. */
  readonly unseen?: string;
}
interface Case extends OfItems {
  readonly id: string;
  readonly kind: 'positive' | 'negative' | 'hostile';
  /** What an implementation has to have for the case to apply to it. */
  readonly needs?: string;
  readonly expect?: { readonly readings?: object };
  readonly otherwise?: readonly unknown[];
}
interface Reading {
  readonly reading: string;
  readonly text: string;
  readonly items: readonly string[];
  readonly ours: boolean;
}

interface Behaviour {
  readonly behaviour: string;
  readonly text: string;
  readonly test: string;
  readonly cases: readonly string[];
  readonly differs?: string;
}

const kinds = ['positive', 'negative', 'hostile'] as const;

/** Every item of the list with its cases by kind; an item without cases is shown as such. */
export function describeRslConformance(folder: string): string {
  const items = read<Item[]>(join(folder, 'items.json'));
  const readings = read<Reading[]>(join(folder, 'readings.json'));
  const behaviours = read<Behaviour[]>(join(folder, 'robots-behaviours.json'));
  const documents = casesIn(join(folder, 'cases'));
  const exchanges = casesIn(join(folder, 'exchanges'));
  const cases = [...documents, ...exchanges];
  function of(item: string, kind: string): Case[] {
    return cases.filter((one) => itemsOf(one).includes(item) && one.kind === kind);
  }
  function count(list: readonly Item[]): string {
    const some = list.filter(({ item }) => kinds.some((kind) => of(item, kind).length > 0));
    const full = list.filter(({ item }) => kinds.every((kind) => of(item, kind).length > 0));
    return `${some.length} of ${list.length} have cases, ${full.length} of them one of each kind`;
  }
  function cells(item: string): string[] {
    return kinds.map(
      (kind) =>
        of(item, kind)
          .map((one) => one.id + (one.needs === undefined ? '' : '*') + (isSplit(one) ? '†' : ''))
          .join(', ') || '–',
    );
  }
  const rules = items.filter((one) => one.item.startsWith('R'));
  const open = items.filter((one) => one.item.startsWith('A'));
  return page(
    'RSL 1.0: rules, open questions and their cases',
    `There are ${cases.length} cases: ${documents.length} about documents in \`conformance/rsl/cases\`, ${exchanges.length} about clients and servers on a\nnetwork in \`conformance/rsl/exchanges\`; \`conformance/rsl/README.md\` says how to run them against another implementation.\nA star marks a case for what ours does not have, a dagger one that says what other readings answer.`,
    `## Rules\n\n${count(rules)}.`,
    table(
      ['Item', 'Level', 'For', 'Rule', 'Source', 'Positive', 'Negative', 'Hostile'],
      rules.map(({ item, level, who, text, source }) => [item, level, who, text, source, ...cells(item)]),
    ),
    '## What no case can show',
    table(
      ['Item', 'Why'],
      items.flatMap(({ item, unseen }) => (unseen === undefined ? [] : [[item, unseen]])),
    ),
    `## What RSL 1.0 leaves open\n\n${count(open)}.`,
    table(
      ['Item', 'Question', 'Our reading', 'Positive', 'Negative', 'Hostile'],
      open.map(({ item, text, reading = '' }) => [item, text, reading, ...cells(item)]),
    ),
    '## Readings\n\nWhat careful readers do differently. An implementation of any of these conforms with the answers listed for it.',
    table(
      ['Reading', 'What it says', 'Items', 'Ours'],
      readings.map(({ reading, text, items, ours }) => [
        `\`${reading}\``,
        text,
        items.join(', '),
        ours ? 'yes' : 'no',
      ]),
    ),
    '## robots.txt as Google reads it\n\nWhat the tests of `google/robotstxt` (`robots_test.cc`) assert, in our words, and the case of ours that shows it.',
    table(
      ['Behaviour', 'What it says', 'Test', 'Cases', 'Where ours differs'],
      behaviours.map(({ behaviour, text, test, cases: shown, differs = '' }) => [
        behaviour,
        text,
        `\`${test}\``,
        shown.join(', '),
        differs,
      ]),
    ),
  );
}

function isSplit({ expect, otherwise }: Case): boolean {
  return expect?.readings !== undefined || otherwise !== undefined;
}

function casesIn(folder: string): Case[] {
  const names = readdirSync(folder).sort();
  return names.flatMap((name) => read<Case[]>(join(folder, name)));
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
