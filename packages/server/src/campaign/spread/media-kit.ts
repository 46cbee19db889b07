import { escapeHtml, type Kernel, type Locale, readInstance } from '../../kernel/index.ts';
import { currentDeclaration, declarationHash } from '../declaration/declaration.ts';
import type { DeclarationText } from '../declaration/declaration-text.ts';
import { campaignLogo, readLogo } from '../partners/show-logo.ts';
import { drawCard, drawWordmark } from './draw-card.ts';
import { pressNumbers } from './press-numbers.ts';
import { shownAs } from './shown-as.ts';

/** The files of the media kit; the logo is there only where the campaign has one. */
export const KIT = [
  'wordmark.svg',
  'wordmark-dark.svg',
  'card-en.svg',
  'card-de.svg',
  'declaration-en.txt',
  'declaration-de.txt',
  'declaration-en.html',
  'declaration-de.html',
  'factsheet.json',
  'logo.png',
] as const;
export type KitName = (typeof KIT)[number];

const TYPES: { readonly [ending: string]: string } = {
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
};

/** One file of the media kit; undefined for a name that is none. */
export async function kitFile(
  k: Kernel,
  name: string,
): Promise<{ type: string; body: string | Uint8Array } | undefined> {
  const known = KIT.find((one) => one === name);
  const body = known && (await write(k, known));
  if (body === undefined) return undefined;
  return { type: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', body };
}

async function write(k: Kernel, name: KitName): Promise<string | Uint8Array | undefined> {
  const locale: Locale = name.includes('-de') ? 'de' : 'en';
  switch (name) {
    case 'wordmark.svg':
      return drawWordmark((await shownAs(k)).name, 'light');
    case 'wordmark-dark.svg':
      return drawWordmark((await shownAs(k)).name, 'dark');
    case 'card-en.svg':
    case 'card-de.svg':
      return drawCard({
        locale,
        declaration: (await currentDeclaration(k)).texts[locale].title,
        instance: (await shownAs(k)).name,
        host: (await shownAs(k)).host,
      });
    case 'declaration-en.txt':
    case 'declaration-de.txt':
      return asText((await currentDeclaration(k)).texts[locale], `${(await shownAs(k)).base}/declaration`);
    case 'declaration-en.html':
    case 'declaration-de.html':
      return asHtml(
        (await currentDeclaration(k)).texts[locale],
        locale,
        `${(await shownAs(k)).base}/declaration`,
      );
    case 'factsheet.json':
      return `${JSON.stringify(await factsheet(k), null, 2)}\n`;
    case 'logo.png': {
      const sha256 = await campaignLogo(k);
      return sha256 === undefined ? undefined : readLogo(k, sha256);
    }
  }
}

/** What somebody who writes about the campaign needs, in one document. */
async function factsheet(k: Kernel) {
  const instance = (await readInstance(k))?.instance;
  const { base, name, operator } = await shownAs(k);
  const declaration = await currentDeclaration(k);
  const numbers = await pressNumbers(k);
  return {
    campaign: name,
    operator,
    contact: instance?.operator.complaintsContact ?? null,
    site: base,
    declaration: {
      version: declaration.version,
      publishedOn: declaration.publishedOn,
      sha256: await declarationHash(declaration),
      titles: { en: declaration.texts.en.title, de: declaration.texts.de.title },
      address: `${base}/declaration`,
    },
    at: numbers.at.toISOString(),
    numbers: numbers.figures.map(({ key, value, label, definition }) => ({ key, value, label, definition })),
    byKind: numbers.kinds,
    byCheck: numbers.methods,
    list: { json: `${base}/press/signatures.json`, csv: `${base}/press/signatures.csv` },
  };
}

function asText(words: DeclarationText, address: string): string {
  const demands = words.demands.map((demand, i) => `${i + 1}. ${demand}`);
  return `${[words.title, ...words.paragraphs, words.demandsIntro, ...demands, words.closing, address].join('\n\n')}\n`;
}

function asHtml(words: DeclarationText, locale: Locale, address: string): string {
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return `${[
    `<!doctype html>`,
    `<html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(words.title)}</title></head><body>`,
    `<h1>${escapeHtml(words.title)}</h1>`,
    ...words.paragraphs.map(paragraph),
    paragraph(words.demandsIntro),
    `<ol>${words.demands.map((demand) => `<li>${escapeHtml(demand)}</li>`).join('')}</ol>`,
    paragraph(words.closing),
    `<p><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>`,
    `</body></html>`,
  ].join('\n')}\n`;
}
