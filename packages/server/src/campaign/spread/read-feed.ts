import { escapeHtml, formatDate, formatNumber, type Kernel, type Locale } from '../../kernel/index.ts';
import { currentDeclaration } from '../declaration/declaration.ts';
import { DECLARATIONS } from '../declaration/declaration-text.ts';
import { selectDeclarations } from '../declaration/store-declarations.ts';
import { readGoals } from '../mailings/goals.ts';
import { shownAs } from './shown-as.ts';
import { spreadText } from './spread-messages.ts';
import { whatChanged } from './what-changed.ts';
import { listCorrections } from './write-correction.ts';

const MOST = 60;

/** One piece of news. */
export type News = {
  /** Stays the same for good. */
  readonly id: string;
  readonly at: Date;
  readonly kind: 'milestone' | 'version' | 'correction';
  readonly title: string;
  readonly text: string;
  /** Path of the page about it. */
  readonly path: string;
};

/** What happened: milestones, versions, corrections; newest first, at most 60. */
export async function readNews(k: Kernel, locale: Locale): Promise<News[]> {
  const all = [
    ...(await milestones(k, locale)),
    ...(await versions(k, locale)),
    ...(await corrections(k, locale)),
  ];
  return all.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)).slice(0, MOST);
}

async function milestones(k: Kernel, locale: Locale): Promise<News[]> {
  const text = spreadText(locale).feed;
  return (await readGoals(k)).reached.map(({ target, at }) => {
    const count = formatNumber(locale, target);
    return {
      id: `milestone-${target}`,
      at,
      kind: 'milestone' as const,
      title: text.milestone(count),
      text: text.milestoneText(count, formatDate(locale, at)),
      path: '/milestones',
    };
  });
}

async function versions(k: Kernel, locale: Locale): Promise<News[]> {
  const text = spreadText(locale).feed;
  const later = (await selectDeclarations(k.db)).filter(({ state }) => state === 'public');
  return [...DECLARATIONS, ...later].map(({ version, publishedOn, texts }) => ({
    id: `version-${version}`,
    at: new Date(`${publishedOn}T00:00:00Z`),
    kind: 'version' as const,
    title: text.version(version),
    text: texts[locale].title,
    path: '/declaration',
  }));
}

async function corrections(k: Kernel, locale: Locale): Promise<News[]> {
  const { feed } = spreadText(locale);
  return (await listCorrections(k)).map((one) => {
    const { id, at, kind, texts } = one;
    const what = kind === 'operator' ? '' : whatChanged(locale, one);
    return {
      id: `correction-${id}`,
      at,
      kind: 'correction' as const,
      title: what === '' ? feed.correction : `${feed.correction}: ${what}`,
      text: texts[locale],
      path: '/press#corrections',
    };
  });
}

/** The news as Atom (RFC 4287). */
export async function writeFeed(k: Kernel, locale: Locale): Promise<string> {
  const news = await readNews(k, locale);
  const { base, operator } = await shownAs(k);
  const title = spreadText(locale).feed.title((await currentDeclaration(k)).texts[locale].title);
  const updated = (news[0]?.at ?? k.clock.now()).toISOString();
  const entries = news.map(
    (one) => `  <entry>
    <id>${escapeHtml(`${base}/feed.xml#${one.id}`)}</id>
    <title>${escapeHtml(one.title)}</title>
    <updated>${one.at.toISOString()}</updated>
    <category term="${one.kind}"/>
    <link rel="alternate" type="text/html" href="${escapeHtml(base + one.path)}"/>
    <content type="text">${escapeHtml(one.text)}</content>
  </entry>`,
  );
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">`,
    `  <id>${escapeHtml(`${base}/feed.xml`)}</id>`,
    `  <title>${escapeHtml(title)}</title>`,
    `  <updated>${updated}</updated>`,
    `  <author><name>${escapeHtml(operator)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${escapeHtml(`${base}/feed.xml?in=${locale}`)}"/>`,
    `  <link rel="alternate" type="text/html" href="${escapeHtml(`${base}/`)}"/>`,
    ...entries,
    '</feed>',
  ].join('\n')}\n`;
}
