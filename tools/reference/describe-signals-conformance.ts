import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemsOf, type OfItems } from '../../conformance/items-of.ts';
import { page, table } from './markdown.ts';

interface Item {
  readonly item: string;
  readonly text: string;
  readonly source: string;
  readonly reading?: string;
}
interface Case extends OfItems {
  readonly id: string;
  readonly kind: string;
}

/** Every rule of the signals with its cases by kind. */
export function describeSignalsConformance(folder: string): string {
  const items = read<Item[]>(join(folder, 'items.json'));
  const groups = readdirSync(join(folder, 'cases')).sort();
  const cases = groups.flatMap((name) => read<Case[]>(join(folder, 'cases', name)));
  function cells(item: string): string[] {
    return ['positive', 'negative', 'hostile'].map((kind) => {
      const found = cases.filter((one) => itemsOf(one).includes(item) && one.kind === kind);
      return found.map((one) => one.id).join(', ') || '–';
    });
  }
  return page(
    'Signals: rules and their cases',
    `The cases are in \`conformance/signals/cases\`, ${cases.length} of them for ${items.length} rules; \`conformance/signals/README.md\` says how to run\nthem against another implementation. "Our reading" stands where the source leaves something open.`,
    table(
      ['Rule', 'What it says', 'Source', 'Our reading', 'Positive', 'Negative', 'Hostile'],
      items.map(({ item, text, source, reading = '' }) => [item, text, source, reading, ...cells(item)]),
    ),
  );
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
