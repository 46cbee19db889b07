import { escapeHtml, type Locale } from '../../kernel/index.ts';
import { fitText, isRightToLeft } from './fit-text.ts';
import { spreadText } from './spread-messages.ts';

const [WIDTH, HEIGHT, MARGIN] = [1_200, 630, 96];
const SERIF = "'Iowan Old Style', Palatino, 'URW Palladio L', P052, Cambria, 'Noto Serif', serif";
const SANS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

export type CardWords = {
  readonly locale: Locale;
  /** Undefined for the card of the campaign itself. */
  readonly signatory?: { readonly name: string; readonly craft: string } | undefined;
  readonly declaration: string;
  readonly instance: string;
  readonly host: string;
};

/**
 * The picture people show others: 1200 × 630, only type. It asks nothing of anybody: no fonts, pictures or scripts from
 * elsewhere. Whatever somebody is called is text in it, never markup.
 */
export function drawCard({ locale, signatory, declaration, instance, host }: CardWords): string {
  const text = spreadText(locale).card;
  const title = signatory ? `${signatory.name} · ${text.signed}: ${declaration}` : declaration;
  const main = fitText(signatory?.name ?? declaration, {
    width: WIDTH - 2 * MARGIN,
    height: 240,
    sizes: [104, 90, 78, 68, 58, 50, 42, 36, 30],
  });
  const below = 150 + main.lines.length * main.size * 1.16;
  const words = fitText(declaration, { width: WIDTH - 2 * MARGIN, height: 84, sizes: [34, 31, 28, 24] });
  const y = (i: number) => 150 + main.size * (i + 0.9) + main.size * 0.16 * i;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="t" xml:lang="${locale}">`,
    `<title id="t">${escapeHtml(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbf9f4"/><rect width="18" height="${HEIGHT}" fill="#1d4d43"/>`,
    line(signatory ? text.signedTitle : text.ask, { y: 112, size: 30, fill: '#1d4d43', font: SANS }),
    ...main.lines.map((one, i) => line(one, { y: y(i), size: main.size, fill: '#1c1d1b', font: SERIF })),
    ...(signatory ? [line(signatory.craft, { y: below + 40, size: 32, fill: '#55574f', font: SANS })] : []),
    `<rect x="${MARGIN}" y="454" width="${WIDTH - 2 * MARGIN}" height="2" fill="#d6d1c4"/>`,
    ...(signatory
      ? words.lines.map((one, i) =>
          line(one, { y: 458 + (i + 1) * words.size * 1.2, size: words.size, fill: '#1c1d1b', font: SERIF }),
        )
      : []),
    line(`${instance} · ${host}`.slice(0, 90), { y: 576, size: 24, fill: '#55574f', font: SANS }),
    line(text.tagline, { y: 606, size: 20, fill: '#55574f', font: SANS }),
    '</svg>',
    '',
  ].join('\n');
}

type Look = { y: number; size: number; fill: string; font: string };

/** One line; those read from right to left begin at the right. */
function line(text: string, { y, size, fill, font }: Look): string {
  const rtl = isRightToLeft(text);
  const side = rtl ? `x="${WIDTH - MARGIN}" direction="rtl" unicode-bidi="embed"` : `x="${MARGIN}"`;
  return `<text ${side} y="${Math.round(y)}" font-family="${font}" font-size="${size}" fill="${fill}">${escapeHtml(text)}</text>`;
}

const BADGE = {
  light: { paper: '#fbf9f4', ink: '#1c1d1b', soft: '#55574f', edge: '#1d4d43' },
  dark: { paper: '#161714', ink: '#ece9e0', soft: '#b3b0a4', edge: '#8fd0bd' },
} as const;
export type BadgeTheme = keyof typeof BADGE;

/** The badge for a page of one's own: 260 × 72. */
export function drawBadge(about: { locale: Locale; theme: BadgeTheme; declaration: string }): string {
  const { locale, theme, declaration } = about;
  const look = BADGE[theme];
  const text = spreadText(locale).card;
  const words = fitText(declaration, { width: 216, height: 34, sizes: [15, 14, 13, 12, 11] });
  const first = 44;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 72" width="260" height="72" role="img" aria-labelledby="t" xml:lang="${locale}">`,
    `<title id="t">${escapeHtml(`${text.badge}: ${declaration}`)}</title>`,
    `<rect x="0.5" y="0.5" width="259" height="71" rx="4" fill="${look.paper}" stroke="${look.edge}"/><rect width="8" height="72" fill="${look.edge}"/>`,
    `<text x="24" y="24" font-family="${SANS}" font-size="13" fill="${look.edge}">${escapeHtml(text.badge)}</text>`,
    ...words.lines.map(
      (one, i) =>
        `<text x="24" y="${first + i * Math.round(words.size * 1.15)}" font-family="${SERIF}" font-size="${words.size}" fill="${look.ink}">${escapeHtml(one)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

/** The name of the campaign as a drawing, for the press. */
export function drawWordmark(name: string, theme: BadgeTheme): string {
  const look = BADGE[theme];
  const words = fitText(name, { width: 900, height: 160, sizes: [88, 72, 60, 48, 36, 28] });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 240" width="1000" height="240" role="img" aria-labelledby="t">`,
    `<title id="t">${escapeHtml(name)}</title>`,
    `<rect width="1000" height="240" fill="${look.paper}"/><rect width="14" height="240" fill="${look.edge}"/>`,
    ...words.lines.map(
      (one, i) =>
        `<text x="60" y="${Math.round(60 + words.size * (i + 0.85))}" font-family="${SERIF}" font-size="${words.size}" fill="${look.ink}">${escapeHtml(one)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}
