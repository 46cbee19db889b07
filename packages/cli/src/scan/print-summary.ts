import { costLine, costOfRest } from './cost-of-rest.ts';
import { FAULTS } from './item.ts';
import type { ScannedDataset } from './scan-dataset.ts';

const MAX_FAULTS = 20;

type Written = { out: string; report?: string; clear?: string; json?: boolean };

/** Says what was found, what licences for the rest would cost, and where everything was written. */
export function printSummary(done: ScannedDataset, { out, json, report, clear }: Written): void {
  const { outcome, rows, works, told, index, clearItems } = done;
  const { items, words, bytes, faults } = outcome;
  const states: Record<string, number> = {};
  for (const work of works) {
    const state = told.get(work)?.state ?? 'unknown';
    states[state] = (states[state] ?? 0) + 1;
  }
  const costs = costOfRest(told);
  if (json) {
    const more = {
      cost: costs,
      ...(clearItems !== undefined && { clear: { items: clearItems, out: clear } }),
    };
    const summary = { items, words, bytes, hits: rows.length, works: states, ...more, index, faults, out };
    console.log(JSON.stringify(summary));
    return;
  }
  const say = (line: string) => console.log(line);
  say(
    `${items} items looked at (${(bytes / 1e6).toFixed(1)} MB), ${rows.length} hits of ${works.length} works.`,
  );
  for (const [state, count] of Object.entries(states)) say(`  ${state}: ${count} works`);
  for (const cost of costs) say(`A licence for what can be licensed costs ${costLine(cost)}.`);
  if (clearItems !== undefined) say(`${clearItems} of the items may be used; they are listed in ${clear}.`);
  for (const { input, item, code, detail } of faults.slice(0, MAX_FAULTS))
    say(`! ${input}${item && `, ${item}`}: ${FAULTS[code]}${detail && ` (${detail})`}`);
  if (faults.length > MAX_FAULTS) say(`! and ${faults.length - MAX_FAULTS} more`);
  const signed = index.signedBy === undefined ? 'signed by nobody we checked' : `signed by ${index.signedBy}`;
  say(`Compared with the index ${index.sha256.slice(0, 12)}…, ${signed}.`);
  say(`The result is in ${out}${report === undefined ? '' : `, the report in ${report}`}.`);
}
