import { describe, expect, it } from 'vitest';
import { readPriceExtension, readTermsExtension } from './extension.ts';
import { parse } from './parse.ts';
import { lint } from './validate.ts';
import { RslWriteError, writeDocument } from './write.ts';
import { htmlLink, linkHeader, robotsBlock } from './write-channels.ts';
import type { ContentInput, LicenseInput } from './write-input.ts';

const free: LicenseInput = { permits: { usage: ['search'] }, payment: { type: 'free' } };

function refusal(write: () => unknown): string {
  try {
    write();
  } catch (error) {
    if (error instanceof RslWriteError) return `${error.code} ${error.path}`;
    throw error;
  }
  return 'written';
}
function one(license: unknown, more: object = {}): string {
  return refusal(() =>
    writeDocument({ contents: [{ url: '/', licenses: [license as LicenseInput], ...more } as ContentInput] }),
  );
}
function priced(payment: unknown): string {
  return one({ permits: { usage: ['ai-input'] }, payment });
}

describe('writing a document', () => {
  it('writes the same bytes for the same input, in a fixed order', () => {
    const xml = writeDocument({
      maxAgeDays: 7,
      contents: [
        {
          url: '/stories/ä*',
          server: 'https://a.example/olp/1',
          lastmod: '2026-01-31T12:00:00Z',
          licenses: [
            {
              permits: { usage: ['search', 'ai-train', 'search'], user: ['commercial'] },
              prohibits: { usage: ['ai-input'] },
              payment: {
                type: 'training',
                amount: { currency: 'EUR', decimal: '120.50' },
                price: { unit: 'model-version', perUnits: 1 },
                custom: 'https://a.example/ask?a=1&b=2',
              },
              legal: { warranty: ['ownership'], attestation: true, contact: 'mailto:a@b.example' },
            },
          ],
          copyright: { name: 'A & <B>', type: 'person' },
          terms: 'https://a.example/terms/3',
          extension: {
            termsHash: 'ab'.repeat(32),
            version: '3',
            onRequest: ['ai-index'],
            requestUrl: 'https://a.example/ask',
          },
        },
      ],
    });
    expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<rsl xmlns="https://rslstandard.org/rsl" xmlns:cw="https://clearway.example/ns/terms/1" max-age="7">
  <content url="/stories/%C3%A4*" server="https://a.example/olp/1" lastmod="2026-01-31T12:00:00Z">
    <license>
      <permits type="usage">ai-train search</permits>
      <permits type="user">commercial</permits>
      <prohibits type="usage">ai-input</prohibits>
      <payment type="training">
        <custom>https://a.example/ask?a=1&amp;b=2</custom>
        <amount currency="EUR">120.50</amount>
        <cw:price unit="model-version" per="1"/>
      </payment>
      <legal type="warranty">ownership</legal>
      <legal type="attestation">true</legal>
      <legal type="contact">mailto:a@b.example</legal>
    </license>
    <copyright type="person">A &amp; &lt;B&gt;</copyright>
    <terms>https://a.example/terms/3</terms>
    <cw:terms sha256="${'ab'.repeat(32)}" version="3" on-request="ai-index" request="https://a.example/ask"/>
  </content>
</rsl>
`);
    expect(lint(xml).issues).toEqual([]);
    const content = parse(xml).document?.contents[0];
    expect(content && readTermsExtension(content)).toEqual({
      sha256: 'ab'.repeat(32),
      version: '3',
      onRequest: ['ai-index'],
      requestUrl: 'https://a.example/ask',
    });
    const payment = content?.licenses[0]?.payment;
    expect(payment && readPriceExtension(payment)).toEqual({ unit: 'model-version', per: 1 });
  });

  it('always states a payment (R42 makes its absence free)', () => {
    const xml = writeDocument({ contents: [{ url: '/', licenses: [free] }] });
    expect(xml).toContain('<payment type="free"/>');
  });

  it.each([
    [priced({ type: 'use', amount: { currency: 'EUR', decimal: '-1' } }), 'bad-amount'],
    [priced({ type: 'use', amount: { currency: 'EUR', decimal: '1e3' } }), 'bad-amount'],
    [priced({ type: 'use', amount: { currency: 'EUR', decimal: '' } }), 'bad-amount'],
    [priced({ type: 'use', amount: { currency: 'EUR', decimal: '0.00' } }), 'zero-price'],
    [priced({ type: 'use', amount: { currency: 'BTC', decimal: '1' } }), 'bad-currency'],
    [priced({ type: 'use', price: { unit: 'fetch', perUnits: 1 } }), 'bad-unit'],
    [priced({ type: 'inference' }), 'bad-token'],
    [priced({ type: 'use', standard: 'terms' }), 'bad-address'],
    [priced({ type: 'use', custom: 'javascript:alert(1)' }), 'bad-address'],
    [one({ permits: { usage: ['train-ai'] }, payment: { type: 'free' } }), 'bad-token'],
    [one({ permits: { usage: [] }, payment: { type: 'free' } }), 'bad-token'],
    [
      one({ permits: { usage: ['all'] }, prohibits: { usage: ['all'] }, payment: { type: 'free' } }),
      'contradiction',
    ],
    [
      one({ permits: { usage: ['ai-train'] }, prohibits: { usage: ['ai-all'] }, payment: { type: 'free' } }),
      'contradiction',
    ],
    [one({ prohibits: { usage: ['ai-all'] }, payment: { type: 'free' } }), 'refusal-without-all'],
    [one(free, { url: 'stories' }), 'bad-url'],
    [one(free, { server: 'http://a.example' }), 'bad-server'],
    [one(free, { lastmod: 'yesterday' }), 'bad-date'],
    [one(free, { terms: '/terms' }), 'bad-address'],
    [one(free, { extension: { termsHash: 'AB', version: '1' } }), 'bad-hash'],
    [one(free, { copyright: { name: 'a\u0000b' } }), 'bad-text'],
    [
      refusal(() => writeDocument({ maxAgeDays: 0, contents: [{ url: '/', licenses: [free] }] })),
      'bad-max-age',
    ],
  ])('refuses: %s', (outcome, code) => {
    expect(outcome.split(' ')[0]).toBe(code);
  });
});

describe('pointing at a document', () => {
  it('R63: writes the robots line first, then the agents that get nothing', () => {
    const text = robotsBlock({ licenseUrl: 'https://a.example/l.xml', disallowAgents: ['GPTBot', 'CCBot'] });
    expect(text).toBe(
      'License: https://a.example/l.xml\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n',
    );
  });

  it('refuses what could end a line or begin another', () => {
    expect(refusal(() => robotsBlock({ licenseUrl: 'https://a.example/\nDisallow: /' }))).toMatch(
      'bad-address',
    );
    expect(refusal(() => robotsBlock({ licenseUrl: '/l.xml' }))).toMatch('bad-address');
    const agents = ['GPTBot\nAllow'];
    expect(refusal(() => robotsBlock({ licenseUrl: 'https://a.example/', disallowAgents: agents }))).toMatch(
      'bad-agent',
    );
  });

  it('R70, R71: writes the Link header and the HTML element, escaped', () => {
    expect(linkHeader('https://a.example/l>.xml')).toBe(
      '<https://a.example/l%3E.xml>; rel="license"; type="application/rsl+xml"',
    );
    expect(htmlLink('https://a.example/?a=1&b="')).toBe(
      '<link rel="license" type="application/rsl+xml" href="https://a.example/?a=1&amp;b=%22">',
    );
  });
});
