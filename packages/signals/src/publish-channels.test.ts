import { lintFeed, parseRobots, readXml, writeDocument } from '@clearway/rsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafUsages, type Permissions, type Stance, stanceFor } from './permissions.ts';
import { type Publication, publishChannels, robotsText } from './publish-channels.ts';
import { readSignals } from './read-signals.ts';
import { serverConfigs } from './server-configs.ts';
import type { SignalSource, SourceKind } from './source.ts';
import { readTdmPolicy } from './tdm-policy.ts';
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

  it('a robots.txt with a group for everybody keeps the express reservation, once however often it is merged', () => {
    const said = { licenseUrl, permissions: refusal };
    const once = robotsText({ ...said, robots: '# ours\nUser-agent: *\nDisallow: /b' });
    const again = robotsText({ ...said, robots: once });
    for (const text of [once, again]) {
      expect(text.split('express reservation of rights under Article 4')).toHaveLength(2);
      expect(text.split('# Content-Signal:')).toHaveLength(2);
      expect(text).toContain('# ours');
    }
    expect(again).toBe(once);
  });

  it('the TDMRep policy is a machine policy with the contexts of the specification', () => {
    const holder = { name: 'A. Example', contact: 'rights@a.example' };
    const parts = [{ pattern: '/paid/', permissions: { 'ai-all': 'conditional' } as const }];
    const publication = {
      licenseUrl,
      permissions: { search: 'allow', 'ai-all': 'allow' } as const,
      parts,
      holder,
    };
    const text = textOf(publication, 'tdm-policy.json');
    expect(JSON.parse(text)).toMatchObject({
      '@context': ['http://www.w3.org/ns/odrl.jsonld', 'http://www.w3.org/ns/tdmrep.jsonld'],
      profile: 'http://www.w3.org/ns/tdmrep',
    });
    expect(readTdmPolicy(text)).toMatchObject({
      assigner: { name: 'A. Example', email: 'mailto:rights@a.example', url: licenseUrl },
      permissions: [{ duties: ['obtainConsent', 'compensate'] }],
    });
    expect(textOf(publication, '.well-known/tdmrep.json')).toContain('https://a.example/tdm-policy.json');
  });

  it('an item of a feed gets the terms of the whole site alone, with the names of others they use', () => {
    const strange = { namespace: 'urn:example:strange', name: 'foo' };
    const refused = { prohibits: { usage: ['all'] }, payment: { type: 'free' } } as const;
    const rsl = writeDocument({
      contents: [
        {
          url: '/',
          server: 'https://a.example/olp',
          licenses: [
            {
              permits: { usage: ['ai-input', strange] },
              payment: { type: strange, amount: { currency: 'EUR', decimal: '1' } },
              foreign: [{ ...strange, attributes: { id: 'a&b' }, children: ['text'] }],
            },
          ],
        },
        { url: '/agency/', licenses: [refused] },
      ],
    });
    const item = textOf({ licenseUrl, rsl, permissions: refusal }, 'feed-item.xml');
    const feed = `<rss version="2.0" xmlns:rsl="https://rslstandard.org/rsl"><channel><item>${item}</item></channel></rss>`;
    const { items, issues } = lintFeed(feed, { origin: 'https://a.example' });
    expect(issues.filter((one) => one.severity === 'error')).toEqual([]);
    const contents = items[0]!.document.contents;
    expect(contents.map((one) => one.url)).toEqual(['/address-of-the-item']);
    const [license] = contents[0]!.licenses;
    expect(license!.permits[0]!.tokens.map((one) => one.namespace)).toEqual([undefined, strange.namespace]);
    expect(license!.payment!.type!.namespace).toBe(strange.namespace);
    expect(license!.extensions).toMatchObject([
      { local: 'foo', namespace: strange.namespace, children: ['text'] },
    ]);
    const narrow = writeDocument({
      contents: ['/a', '/b'].map((url) => ({ url, licenses: [refused] })) as never,
    });
    const files = publishChannels({ licenseUrl, rsl: narrow, permissions: refusal });
    expect(files.map((one) => one.path)).not.toContain('feed-item.xml');
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
