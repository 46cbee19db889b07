import { expect, it } from 'vitest';
import { readSignals } from './read-signals.ts';

it('terms that depend on who asks are conditions, not silence: another sign does not make up for them', async () => {
  const [url, at] = ['https://a.example/a', '2026-11-22T08:00:00Z'];
  const robots = 'User-agent: *\nAllow: /\nContent-Usage: train-ai=y\nLicense: https://a.example/l.xml\n';
  const rsl =
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">all</permits>' +
    '<prohibits type="user">commercial</prohibits></license></content></rsl>';
  const read = (body: string) =>
    readSignals({
      url,
      at,
      sources: [
        { kind: 'robots', url: 'https://a.example/robots.txt', at, body: robots },
        { kind: 'rsl', url: 'https://a.example/l.xml', at, body },
      ],
    });
  const report = await read(rsl);
  expect(report.records.filter((one) => one.carrier === 'rsl').map((one) => one.stance)).toContain(
    'conditional',
  );
  expect(report.verdicts[0]!.usages['ai-train'].usable).toBe(false);
  const open = await read(rsl.replace(/<prohibits.*<\/prohibits>/, ''));
  expect(open.verdicts[0]!.usages['ai-train'].usable).toBe(true);
});
