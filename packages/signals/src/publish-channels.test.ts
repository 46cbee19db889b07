import { parseRobots, readXml, writeDocument } from '@clearway/rsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafUsages, type Permissions, type Stance, stanceFor } from './permissions.ts';
import { type Publication, publishChannels, robotsText } from './publish-channels.ts';
import { readSignals } from './read-signals.ts';
import { serverConfigs } from './server-configs.ts';
import type { SignalSource, SourceKind } from './source.ts';
import { readXmp } from './xmp.ts';

const at = '2026-11-22T00:00:00Z';
const licenseUrl = 'https://a.example/license.xml';
const stance = fc.constantFrom<Stance>('allow', 'conditional', 'disallow');
const permissions: fc.Arbitrary<Permissions> = fc.record({
  'ai-train': stance,
  'ai-input': stance,
  'ai-index': stance,
  search: stance,
});
const refusal: Permissions = { all: 'disallow' };

function textOf(publication: Publication, path: string): string {
  return publishChannels(publication).find((one) => one.path === path)!.content;
}

/** The headers a server sends with the nginx lines of a site without parts. */
function sent(publication: Publication): string {
  const lines = textOf({ ...publication, parts: [] }, 'headers/nginx.conf')
    .trim()
    .split('\n');
  return lines.map((line) => line.replace(/^add_header (\S+) '(.*)' always;$/, '$1: $2')).join('\n');
}

async function read(publication: Publication, path: string, agents: string[], pick: SourceKind[]) {
  const all: Partial<Record<SourceKind, string>> = {
    robots: textOf(publication, 'robots.txt'),
    tdmrep: textOf(publication, '.well-known/tdmrep.json'),
    headers: sent(publication),
    html: `<head>${textOf(publication, 'head.html')}</head>`,
  };
  const sources = pick.map(
    (kind): SignalSource => ({ kind, url: 'https://a.example/', at, body: all[kind]! }),
  );
  return readSignals({ url: `https://a.example${path}`, at, sources, agents });
}

describe('one choice in every channel', () => {
  it('is never read as more than was chosen, by anybody, and never contradicts itself', async () => {
    const robots =
      'User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /private/\n\nUser-agent: *\nContent-Usage: train-ai=y\nAllow: /';
    await fc.assert(
      fc.asyncProperty(permissions, fc.boolean(), async (chosen, present) => {
        const publication = { licenseUrl, permissions: chosen, ...(present && { robots }) };
        const kinds: SourceKind[] = ['robots', 'tdmrep', 'headers', 'html'];
        const report = await read(publication, '/poem', ['*', 'GPTBot', 'PerplexityBot'], kinds);
        for (const verdict of report.verdicts)
          for (const usage of leafUsages) {
            const { outcome } = verdict.usages[usage];
            if (stanceFor(chosen, usage) !== 'allow') expect(outcome).not.toBe('allowed');
          }
        expect(new Set(report.verdicts.map((one) => JSON.stringify(outcomes(one)))).size).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('what is not ours is refused in robots.txt and TDMRep, whatever holds for the rest', async () => {
    await fc.assert(
      fc.asyncProperty(permissions, async (chosen) => {
        const publication = {
          licenseUrl,
          permissions: chosen,
          parts: [{ pattern: '/agency/', permissions: refusal }],
        };
        for (const kind of ['robots', 'tdmrep'] as const) {
          const report = await read(publication, '/agency/1', ['*', 'GPTBot'], [kind]);
          for (const verdict of report.verdicts) expect(verdict.usages['ai-train'].outcome).toBe('refused');
        }
        const elsewhere = await read(publication, '/own/1', ['*'], ['robots', 'tdmrep']);
        const free = leafUsages.slice(0, 3).every((usage) => stanceFor(chosen, usage) === 'allow');
        expect(elsewhere.verdicts[0]!.usages['ai-train'].outcome === 'allowed').toBe(free);
      }),
      { numRuns: 30 },
    );
  });

  it('each server sends other headers for what is not ours', () => {
    const publication = {
      licenseUrl,
      permissions: { search: 'allow', 'ai-all': 'allow' } as const,
      parts: [{ pattern: '/agency/*.html$', permissions: refusal, excluded: true }],
    };
    const nginx = textOf(publication, 'headers/nginx.conf');
    expect(nginx).toContain('"~^/agency/[^ ]*[.]html$" 2;');
    expect(nginx).toContain("default '';\n    1 'noai, noimageai';\n    2 'noai, noimageai';");
    expect(textOf(publication, 'headers/apache.conf')).toContain('m#^[^ ]+ /agency/[^ ]*[.]html(?: |$)#');
    expect(textOf(publication, 'headers/Caddyfile')).toContain('\t"~^/agency/[^ ]*[.]html$" 2');
    const { rules } = JSON.parse(textOf(publication, 'headers/cloudflare-ruleset.json'));
    expect(rules[1].expression).toBe('http.request.uri strict wildcard "/agency/*.html"');
    expect(rules[1].action_parameters.headers['tdm-reservation']).toEqual({ operation: 'set', value: '1' });
    expect(textOf(publication, 'headers/_headers')).toContain('/agency/*.html\n  ! Link');
    const bad = [{ pattern: '/a"\nadd_header X y', permissions: refusal }];
    for (const { content } of publishChannels({ ...publication, parts: bad }))
      expect(content).not.toMatch(/^add_header X y/m);
    expect(() => serverConfigs({ whole: [], parts: [{ pattern: '/a b', headers: [] }] })).toThrow(TypeError);
  });

  it('the present robots.txt keeps its rules, and each named group learns what is said', () => {
    const robots =
      '# ours\nUser-agent: GPTBot\nDisallow: /a\n\nUser-agent: *\nLicense: https://old.example/l.xml\nDisallow: /b\n\nSitemap: https://a.example/s.xml\nUser-agent: CCBot';
    const text = robotsText({ licenseUrl, permissions: { 'ai-train': 'disallow', search: 'allow' }, robots });
    const { groups, records } = parseRobots(text);
    expect(text.startsWith(`License: ${licenseUrl}\n`)).toBe(true);
    expect(text).not.toContain('old.example');
    expect(text).toContain('# ours');
    expect(groups.map((one) => [one.agents, one.rules.map((rule) => rule.path)])).toEqual([
      [['gptbot'], ['/a']],
      [['*'], ['/b']],
      [['ccbot'], ['']],
    ]);
    const usage = records.filter((one) => one.field === 'content-usage').map((one) => one.group);
    expect(usage).toEqual([0, 1, 2]);
    expect(
      robotsText({ licenseUrl, permissions: { 'ai-train': 'disallow' }, robots: text }).match(
        /Content-Usage/g,
      ),
    ).toHaveLength(3);
  });

  it('"Link header only" writes headers and nothing else', () => {
    const files = publishChannels({ licenseUrl, permissions: refusal, mode: 'link-header' });
    expect(files.every((one) => one.path.startsWith('headers/'))).toBe(true);
    expect(files.every((one) => one.content.includes('Link') && !one.content.includes('tdm'))).toBe(true);
  });

  it('a feed item and a sidecar say the same', () => {
    const rsl = writeDocument({
      contents: [{ url: '/', licenses: [{ prohibits: { usage: ['all'] }, payment: { type: 'free' } }] }],
    });
    const publication = { licenseUrl, rsl, permissions: refusal };
    const item = textOf(publication, 'feed-item.xml').split('-->\n')[1]!;
    const root = readXml(`<rss xmlns:rsl="https://rslstandard.org/rsl">${item}</rss>`);
    expect(root.children.flatMap((one) => (typeof one === 'string' ? [] : [one.name]))).toEqual([
      'rsl:content',
    ]);
    const marks = readXmp(textOf(publication, 'picture.xmp'));
    expect(new Set(marks.map((one) => one.carrier))).toEqual(new Set(['plus', 'tdmrep-xmp', 'xmp-rights']));
    expect(marks.filter((one) => one.stance === 'allow')).toEqual([]);
  });
});

function outcomes({ usages }: { usages: Readonly<Record<string, { outcome: string }>> }) {
  return Object.entries(usages).map(([usage, { outcome }]) => [usage, outcome]);
}
