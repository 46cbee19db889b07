import { expect, it } from 'vitest';
import { BarTable, LineChart } from './charts.tsx';

const points = [
  { label: 'October', value: 5_000_000n, text: '€5.00' },
  { label: 'November', value: -2_500_000n, text: '-€2.50' },
  { label: 'December', value: 0n, text: '€0.00' },
];
const head = ['Month', 'Earned'] as const;

it('draws bars from zero, to both sides, to scale', () => {
  const html = String(BarTable({ caption: 'By month', head, points }));
  const bars = [...html.matchAll(/<rect class="(\w+)" x="(\d+)" y="0" width="(\d+)"/g)].map(
    ([, tone, x, width]) => [tone, Number(x), Number(width)],
  );
  expect(bars).toEqual([
    ['above', 333, 667],
    ['below', 0, 333],
    ['above', 333, 0],
  ]);
  for (const { label, text } of points) expect(html).toContain(`${label}</th><td class="number">${text}`);
});

it('draws a line with its values said in words and in a table', () => {
  const html = String(LineChart({ caption: 'Owed', head, points, write: String }));
  expect(html).toContain('points="0,10 500,190 1000,130"');
  expect(html).toContain('aria-label="Owed: €5.00, -€2.50, €0.00"');
  expect(html.match(/<tr>/g)).toHaveLength(4);
});

it('draws nothing that a strict policy refuses, whatever the values', () => {
  const all = [[], points.slice(2), points.slice(0, 1), [{ ...points[0]!, value: 10n ** 17n }]];
  for (const some of all) {
    const about = { caption: 'A', head, points: some };
    const html = `${BarTable(about)}${LineChart({ ...about, write: String })}`;
    expect(html).not.toMatch(/style=|NaN|Infinity|undefined/);
  }
});
