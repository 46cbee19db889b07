import { describe, expect, it } from 'vitest';
import { describeReport } from './describe-report.ts';
import { readSignals } from './read-signals.ts';
import type { ReportLanguage } from './report-words.ts';
import { scopesOf } from './scopes.ts';
import type { SignalSource, SourceKind } from './source.ts';

const at = '2026-11-22T08:00:00Z';

async function told(kind: SourceKind, body: string, path = '/', language: ReportLanguage = 'en') {
  const sources: SignalSource[] = [{ kind, url: `https://a.example/${kind}`, at, body }];
  const report = await readSignals({ url: `https://a.example${path}`, at, sources });
  return describeReport(report, language, { sources });
}

describe('a mistake in where something is said is told with its cure', () => {
  it.each([
    [
      'before-groups',
      'robots',
      'Content-Signal: ai-train=no\nUser-agent: *\nDisallow:',
      'below a User-agent',
    ],
    ['before-groups', 'robots', 'Content-Usage: search=y\nUser-agent: *\nDisallow:', 'in every group'],
    ['signal-path', 'robots', 'User-agent: *\nContent-Signal: /p/ ai-train=no\n', 'without a path'],
    [
      'tdmrep-order',
      'tdmrep',
      '[{"location":"/","tdm-reservation":0},{"location":"/p/","tdm-reservation":1}]',
      'narrower location first',
    ],
    [
      'robots-too-long',
      'robots',
      `User-agent: *\n${`Disallow: /${'x'.repeat(900)}\n`.repeat(600)}Content-Usage: train-ai=n\n`,
      'groups that matter first',
    ],
  ] as const)('%s', async (code, kind, body, cure) => {
    const { findings } = await told(kind, body);
    const found = findings.filter((one) => one.code === code);
    expect(found).toHaveLength(1);
    expect(found[0]!.cure).toContain(cure);
    expect(findings.map((one) => one.code)).not.toContain('unreadable');
    const german = await told(kind, body, '/', 'de');
    expect(german.findings.find((one) => one.code === code)!.cure).not.toBe(found[0]!.cure);
  });

  it('and not where there is none', async () => {
    const robots =
      'User-agent: *\nContent-Signal: ai-train=no\nContent-Usage: /p/ train-ai=n\nDisallow: /x\n';
    const order = '[{"location":"/p/","tdm-reservation":1},{"location":"/","tdm-reservation":0}]';
    for (const { findings } of [await told('robots', robots), await told('tdmrep', order)])
      expect(findings.filter((one) => one.code !== 'silent')).toEqual([]);
  });

  it('what was not read of a long robots.txt is not silence', async () => {
    const body = `User-agent: *\n${`# ${'x'.repeat(900)}\n`.repeat(600)}Content-Usage: train-ai=n\n`;
    const { classes } = await told('robots', body);
    expect(classes[0]!.says).toBe('cannot be read');
  });
});

describe('rules for other addresses', () => {
  const file = '[{"location":"/articles/*","tdm-reservation":1}]';
  const license = (url: string) =>
    `<rsl xmlns="https://rslstandard.org/rsl"><content url="${url}"><license><prohibits type="usage">all</prohibits></license></content></rsl>`;

  it.each([
    ['tdmrep', file, '/articles/*'],
    ['robots', 'User-agent: *\nDisallow: /articles/', '/articles/'],
    ['robots', 'User-agent: *\nContent-Usage: /articles/ train-ai=n', '/articles/'],
    ['robots', 'User-agent: FooBot\nDisallow: /', '/ (foobot)'],
    ['ai-txt', 'User-Agent: *\nDisallow: *.jpg', '*.jpg'],
    ['rsl', license('/articles/*'), '/articles/*'],
    ['rsl', license('https://b.example/articles/*'), 'https://b.example/articles/*'],
  ] as const)('are never told as no reservation: %s %j', async (kind, body, where) => {
    for (const language of ['en', 'de'] as const) {
      const { sentence, findings } = await told(kind, body, '/', language);
      expect(sentence).not.toContain('2019/790');
      expect(sentence).toContain(where);
      expect(findings.filter((one) => one.text.startsWith('No channel'))).toEqual([]);
    }
  });

  it('where there are none at all, silence is called what it is', async () => {
    for (const body of ['User-agent: *\nAllow: /', 'User-agent: *\nDisallow:', ''])
      expect((await told('robots', body)).sentence).toContain('2019/790');
  });

  it('each scope has an address in it', () => {
    const body =
      'User-agent: *\nDisallow: /a*b$\nDisallow: /b?x=\nDisallow: //c\nDisallow: private\nAllow: /a/c\nDisallow: /ü\nDisallow:\n';
    const found = scopesOf([{ kind: 'robots', url: 'https://a.example/robots.txt', at, body }]);
    expect(found.map(({ pattern, url }) => [pattern, url])).toEqual([
      ['/a*b$', 'https://a.example/ab'],
      ['/b?x=', 'https://a.example/b?x=~'],
      ['//c', 'https://a.example//c~'],
      ['private', undefined],
      ['/a/c', 'https://a.example/a/c~'],
      ['/ü', 'https://a.example/%C3%BC~'],
    ]);
    expect(
      scopesOf([{ kind: 'robots', url: 'https://a.example/robots.txt', at, status: 404, body }]),
    ).toEqual([]);
  });
});

it('tells a robots.txt with thousands of groups', async () => {
  const groups = Array.from({ length: 15_000 }, (_, at) => `User-agent: bot${at}\nDisallow: /p${at}/\n`);
  const body = `User-agent: *\nContent-Usage: train-ai=n\nDisallow:\n${groups.join('')}`;
  const { findings } = await told('robots', body);
  expect(findings.map((one) => one.code)).toContain('group-forgets');
});
