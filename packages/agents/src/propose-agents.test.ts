import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agents } from './agents.ts';
import { knownVerifications } from './known-verifications.ts';
import { proposeAgents } from './propose-agents.ts';
import { refusalOf } from './refuse-token.ts';
import { describeVerification } from './verification.ts';

const about = { source: 'robots.json', madeOn: '2026-12-01' };
const entry = (said: string, operator = 'Somebody') => ({ operator, function: said });

describe('a proposal', () => {
  it('has rows to add, dated, and refuses names that others carry', () => {
    const text = JSON.stringify({
      'Fresh-Bot': entry('AI Search Crawlers', '[Fresh](https://fresh.example)'),
      'Fresh-User 2.0': entry('AI Assistants'),
      Browser: entry('AI Assistants'),
      Breeze: entry('AI Agents'),
      Spider: entry('AI Data Scrapers'),
      'gptbot 2.0': entry('AI Data Scrapers'),
    });
    const { added, refused, dropped, madeOn, source } = proposeAgents(text, about);
    expect(added.map(({ row }) => [row.token, row.operator, row.kind, row.purposes, row.asOf])).toEqual([
      ['Fresh-Bot', 'Fresh', 'crawler', ['ai-index'], '2026-12-01'],
      ['Fresh-User', 'Somebody', 'fetcher', ['user-fetch'], '2026-12-01'],
    ]);
    expect(refused.map(({ token }) => token)).toEqual(['Browser', 'Breeze', 'Spider']);
    expect(dropped).toContainEqual({ token: 'Bytespider', asOf: '2026-11-22' });
    expect([madeOn, source]).toEqual(['2026-12-01', 'robots.json']);
  });

  it.each(['Chrome', 'bot', 'Code', 'a/b', 'Bad, Bot', 'Bad"Bot', 'Böt-Bot', 'LCC', 'Word', ''])(
    'refuses %j',
    (token) => {
      expect(refusalOf(token)?.length).toBeGreaterThan(5);
    },
  );

  it('refuses no agent that the operators name themselves', () => {
    const named = agents.filter(({ documentation }) => !documentation.includes('ai.robots.txt'));
    const refused = named.filter(({ token }) => refusalOf(token)).map(({ token }) => token);
    expect(refused).toEqual(['omgili']);
  });
});

describe('how to verify', () => {
  it('is stated with source and date, for agents of the list only', () => {
    const tokens = agents.map(({ token }) => token);
    expect(Object.keys(knownVerifications).filter((token) => !tokens.includes(token))).toEqual([]);
    for (const one of agents.flatMap(({ verify }) => verify)) {
      expect(one.source).toMatch(/^https:\/\//);
      expect(one.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if (one.method === 'ip-list') expect(URL.canParse(one.url)).toBe(true);
      if (one.method === 'web-bot-auth') expect(one.directory).toMatch(/^https:.*-directory$/);
      // A suffix is a whole domain: without its dots others could end in it, too.
      if (one.method === 'reverse-dns')
        for (const suffix of one.suffixes) expect(suffix).toMatch(/^[a-z]+(\.[a-z]+)+$/);
    }
    expect(agents.every(({ asOf }) => /^\d{4}-\d{2}-\d{2}$/.test(asOf))).toBe(true);
    expect(agents.filter(({ kind, verify }) => kind === 'control' && verify.length > 0)).toEqual([]);
  });

  it('is one line', () => {
    const line = (token: string) => describeVerification(agents.find((one) => one.token === token)!);
    expect(line('bingbot')).toBe(
      'ip-list https://www.bing.com/toolbox/bingbot.json; reverse-dns *.search.msn.com',
    );
    expect(line('facebookexternalhit')).toBe('autonomous-system AS32934');
    expect(line('ChatGPT Agent')).toMatch(/^web-bot-auth https:\/\/chatgpt\.com\//);
    expect([line('Scrapy'), line('Applebot-Extended')]).toEqual(['none-known', 'never-comes']);
  });
});

const path = join(process.env.CLEARWAY_VECTORS ?? '../shared/vectors', 'ai-robots-txt/robots.json');
it.skipIf(!existsSync(path))(
  'of the list of other people there is nothing to add or drop, and each name left out is refused',
  () => {
    const { added, dropped, refused } = proposeAgents(readFileSync(path, 'utf8'), about);
    expect([added, dropped]).toEqual([[], []]);
    expect(refused.map(({ token }) => token)).toContain('Operator');
  },
);
