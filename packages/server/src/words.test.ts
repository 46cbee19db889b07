import { expect, it } from 'vitest';
import { allTexts } from './testing/all-texts.ts';

it('one is one, also in words', async () => {
  const counted =
    /^(?:billing\/messages\.ts ..\.period|statements\/messages\.ts ..\.checklist|campaign\/messages\.ts ..\.(?:wait|sent))\./;
  const many = {
    en: /\b1 (?:of 1 )?(?:\w+ )?(?:gates|deliveries|numbers|fetches|reports|lines|invoices|earnings|minutes)\b/,
    de: /\b1 (?:von 1 )?(?:\w+ )?(?:Tore|Toren|Lieferungen|Zahlen|Abrufe|Meldungen|Zeilen|Rechnungen|Einnahmen|Minuten)\b/,
  };
  // Some count, others get the number as it is written.
  const [counts, written] = await Promise.all([allTexts(1), allTexts('1')]);
  const texts = counts.filter(({ at }) => counted.test(at));
  expect(texts.length).toBeGreaterThan(50);
  const wrong = texts.filter(({ at, locale, text }) => {
    const twins = written.filter((other) => other.at === at).map((other) => other.text);
    return [text, ...twins].every((one) => many[locale].test(one));
  });
  expect(wrong.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});

it('one thing has one word, and it is the one agreed', async () => {
  const texts = await allTexts('…');
  const said = (at: string) => texts.filter((one) => one.at === at).map(({ text }) => text);
  const agreed: readonly (readonly [at: string, words: string])[] = [
    ['web/messages.ts en.tagline', 'AI licences for creators'],
    ['web/messages.ts de.tagline', 'KI-Lizenzen für Kreative'],
    ['campaign/spread/spread-messages.ts en.card.tagline', 'AI licences for creators'],
    ['campaign/spread/spread-messages.ts de.card.tagline', 'KI-Lizenzen für Kreative'],
    ['web/navigation-messages.ts en.areas.creator', 'Creators'],
    ['web/navigation-messages.ts de.areas.creator', 'Kreative'],
    ['web/navigation-messages.ts en.places.declaration', 'The declaration'],
    ['web/navigation-messages.ts de.places.declaration', 'Der Aufruf'],
    ['web/navigation-messages.ts en.places.statements', 'Earnings statements'],
    ['web/navigation-messages.ts de.places.statements', 'Abrechnungen'],
    ['statements/messages.ts en.statements.title', 'Earnings statements'],
    ['statements/messages.ts de.statements.title', 'Abrechnungen'],
    ['web/navigation-messages.ts de.places.runs', 'Ausschüttungen'],
    ['distribution/messages.ts de.runs.title', 'Ausschüttungen'],
    ['web/navigation-messages.ts de.places.payouts', 'Auszahlungen'],
    ['web/navigation-messages.ts de.places.agreements', 'Vereinbarungen'],
    ['licensing/messages.ts de.agreements.title', 'Ihre Vereinbarungen'],
    ['licensing/messages.ts de.quote.title', 'Ihr Preisangebot'],
    ['web/navigation-messages.ts en.places.suspense', 'Money waiting for its owner'],
    ['web/navigation-messages.ts de.places.suspense', 'Noch nicht zugeordnet'],
    ['distribution/messages.ts en.suspense.title', 'Money waiting for its owner'],
    ['distribution/messages.ts de.suspense.title', 'Noch nicht zugeordnet'],
    ['evidence/messages.ts en.state.reserved', 'AI use not allowed'],
    ['evidence/messages.ts de.state.reserved', 'KI-Nutzung nicht erlaubt'],
    ['evidence/messages.ts en.state.on-hold', 'paused, ownership disputed'],
    ['evidence/messages.ts de.state.on-hold', 'angehalten, Rechte strittig'],
  ];
  expect(agreed.filter(([at, words]) => !said(at).includes(words))).toEqual([]);
  const gone = {
    en: /\bmoney that waits\b|\bsubmit\b/i,
    de: /\bwartendes Geld|Verteilungsl[aä]uf|Gebühr des Betreibers|Miturheber:in|Moderator:in|Handwerk|absenden\b|\b(?:du|dein|deine)\b/i,
  };
  const wrong = texts.filter(({ locale, text }) => gone[locale].test(text));
  expect(wrong.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});

it('no page of creators speaks of the machinery', async () => {
  const texts = (await allTexts('…')).filter(({ at }) =>
    /^(?:works\/(?:pages\/)?(?:many-)?messages|statements\/(?:mail-)?messages|payouts\/messages|evidence\/messages\.ts ..\.(?!read|form\.hint|how))|^sites\/gate-messages\.ts ..\.section/.test(
      at,
    ),
  );
  const wrong = texts.filter(({ text }) =>
    /\b(?:tokens?|gates?|leaf|Hash|Tore?)\b/i.test(text.replace('by hash', '')),
  );
  expect(texts.length).toBeGreaterThan(300);
  expect(wrong.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});
