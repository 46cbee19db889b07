import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { purposeUsages, usagesOf } from './agent.ts';
import { agents } from './agents.ts';
import { compareAgentList } from './compare-list.ts';
import { agentByToken, findAgents } from './find-agents.ts';
import { leftOut } from './left-out.ts';

const vectors = process.env.CLEARWAY_VECTORS ?? '../shared/vectors';

function tokens(userAgent: string): string[] {
  return findAgents(userAgent).map((agent) => agent.token);
}
/** The lists are flat YAML: every entry is a line with a dash. */
function entries(file: string): string[] {
  return readFileSync(join(vectors, file), 'utf8')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('- '))
    .map((line) => line.trim().slice(2));
}

describe('finding agents', () => {
  it.each([
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
      ['GPTBot'],
    ],
    ['CCBot/2.0 (https://commoncrawl.org/faq/)', ['CCBot']],
    ['Mozilla/5.0 (compatible;perplexitybot/1.0)', ['PerplexityBot']],
    [
      'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 Mobile Safari/537.36 (compatible; Bytespider; x@y.example)',
      ['Bytespider'],
    ],
    ['Baiduspider+(+http://www.baidu.com/search/spider.htm)', ['Baiduspider']],
    ['Mozilla/5.0 (iPhone) Mobile/15E148 (Applebot/0.1; +http://www.apple.com/go/applebot)', ['Applebot']],
    ['Mozilla/5.0 (X11) Safari/537 Applebot-lookalike', []],
    ['Mozilla/5.0 (X11) NotApplebot/1.0', []],
    ['Mozilla/5.0 (X11; +https://example.org/bingbot)', []],
    ['Mozilla/5.0 (X11; GPTBot/a/b)', []],
    ['Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0; SLCC1; SLCC2)', []],
    ['Google-Extended', []],
    ['Googlebot-Image/1.0', ['Googlebot-Image']],
    ['Mozilla/5.0 (compatible; Kangaroo Bot/1.0)', ['Kangaroo Bot']],
    ['Mozilla/5.0 (X11) Kangaroo Botanist/1.0', []],
    ['mozilla/5.0 (compatible; netestate imprint crawler; +x)', ['netEstate Imprint Crawler']],
    ['', []],
  ])('%s', (userAgent, expected) => {
    expect(tokens(userAgent)).toEqual(expected);
  });

  it('finds by product token', () => {
    expect(agentByToken('gptbot')?.operator).toBe('OpenAI');
    expect(agentByToken('bot')).toBeUndefined();
  });

  it('reads a very long header in time that grows with its length', () => {
    expect(findAgents('GPTBot-'.repeat(1_000_000))).toEqual([]);
  });
});

describe('the list', () => {
  it('has unique names, and a source for each', () => {
    expect(new Set(agents.map((agent) => agent.token.toLowerCase())).size).toBe(agents.length);
    for (const agent of agents) {
      expect(agent.token).toMatch(/^[A-Za-z0-9_.-]{5,}( [A-Za-z]+)*$/);
      expect(agent.documentation).toMatch(/^https:\/\//);
      expect(agent.purposes.length).toBeGreaterThan(0);
    }
  });

  it('maps purposes to usages', () => {
    expect(usagesOf(agentByToken('ChatGPT-User')!)).toEqual(['ai-input']);
    expect(usagesOf(agentByToken('PerplexityBot')!)).toEqual(['search', 'ai-index']);
    expect(purposeUsages.archive).toEqual([]);
  });
});

describe('a newer public list', () => {
  const entry = (said: string) => ({ operator: 'Somebody', function: said });

  it('is compared, and changes nothing by itself', () => {
    const before = agents.length;
    const text = JSON.stringify({
      'Fresh-Bot': entry('AI Data Scrapers'),
      Spider: entry('AI Data Scrapers'),
      'gptbot 2.0': entry('AI Data Scrapers'),
      'ChatGPT-User': entry('AI Data Scrapers'),
    });
    const { added, changed, vanished, listed } = compareAgentList(text);
    expect(added.map((one) => one.token)).toEqual(['Fresh-Bot']);
    expect(changed).toMatchObject([{ token: 'ChatGPT-User', purposes: ['user-fetch'] }]);
    expect(vanished).toContain('Bytespider');
    expect(vanished).not.toContain('GPTBot');
    expect([listed, agents.length]).toEqual([4, before]);
  });

  it.each(['', '[]', 'null', '{"a":1}'])('must be a list: %s', (text) => {
    expect(() => compareAgentList(text)).toThrow(TypeError);
  });
});

const present = existsSync(join(vectors, 'user-agents')) && existsSync(join(vectors, 'ai-robots-txt'));
if (!present) {
  it('is tried on the lists of other people', ({ skip }) =>
    skip(`${vectors} is incomplete; set CLEARWAY_VECTORS`));
} else {
  describe('lists of other people', () => {
    it('calls none of the browsers of people an agent', () => {
      const browsers = entries('user-agents/browsers.yml');
      expect(browsers.length).toBeGreaterThan(500);
      // One entry is Amazon's documented fetcher, which that collection counts among the browsers.
      const people = browsers.filter((userAgent) => !userAgent.includes('compatible; Amzn-User/0.1)'));
      expect(people.length).toBeGreaterThanOrEqual(browsers.length - 1);
      expect(people.filter((userAgent) => tokens(userAgent).length > 0)).toEqual([]);
    });

    it('finds every crawler of that collection whose name we have', () => {
      const crawlers = entries('user-agents/crawlers.yml');
      const missed = crawlers.filter((userAgent) => {
        const named =
          /\b(GPTBot|ClaudeBot|CCBot|bingbot|PerplexityBot|Bytespider|Amazonbot|YandexBot)\/\d/.test(
            userAgent,
          );
        return named && tokens(userAgent).length === 0;
      });
      expect(missed).toEqual([]);
    });

    const named = Object.keys(
      JSON.parse(readFileSync(join(vectors, 'ai-robots-txt/robots.json'), 'utf8')) as object,
    );
    const dropped = new Set(leftOut.map(({ token }) => token));

    it('has recall of 99 % of the public list after dropping generic names, and says when it was compared', () => {
      const { added, vanished, listed } = compareAgentList(
        readFileSync(join(vectors, 'ai-robots-txt/robots.json'), 'utf8'),
      );
      expect(added.length).toBeLessThanOrEqual((listed - dropped.size) * 0.01);
      expect([added, vanished]).toEqual([[], []]);
    });

    it('agrees with the public list on the names of AI agents', () => {
      const known = new Set(named.map((name) => name.toLowerCase()));
      const own = agents.filter((agent) => agent.purposes.some((one) => one !== 'search'));
      expect(own.map((agent) => agent.token).filter((token) => !known.has(token.toLowerCase()))).toEqual([]);
    });

    it('finds every agent of the public list but those left out, each with its reason', () => {
      // Some entries carry a version, as a header would.
      const asked = named.filter((name) => !dropped.has(name));
      const missed = asked.filter((name) => {
        const header = name.replace(/ (?=[\d.]+$)/, '/');
        const agent = agentByToken(header.replace(/\/.*$/, ''));
        return agent?.kind !== 'control' && tokens(`Mozilla/5.0 (compatible; ${header}; +x)`).length === 0;
      });
      expect(missed).toEqual([]);
      expect(dropped.size).toBeLessThanOrEqual(named.length * 0.1);
      expect([...dropped].filter((token) => !named.includes(token))).toEqual([]);
      expect(
        leftOut.every(({ token, reason }) => agentByToken(token) === undefined && reason.length > 5),
      ).toBe(true);
    });
  });
}
