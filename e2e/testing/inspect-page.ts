import type { Page } from 'playwright-core';
import { findViolations } from './find-violations.ts';

const MAX_BYTES = 60_000;

type Scheme = 'light' | 'dark';

/** What is wrong with the page that is open, whatever it is about. */
export async function inspectPage(page: Page, lang: string, scheme: Scheme): Promise<string[]> {
  const faults: string[] = [];
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const [own] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const foreign = entries.filter(({ name }) => new URL(name).origin !== location.origin);
    const ours = entries.filter(({ name }) => !/\.(?:svg|png|jpe?g|webp|woff2?)(?:$|\?)/.test(name));
    return {
      bytes: [own!, ...ours].reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
      foreign: foreign.map(({ name }) => name),
      inline: document.querySelectorAll('[style], style, script:not([src]), [onclick], [onload]').length,
      tooWide: root.scrollWidth - root.clientWidth,
      headings: document.querySelectorAll('h1').length,
      lang: root.lang,
      wayBack: document.querySelectorAll('nav a, a.brand').length,
    };
  });
  if (found.bytes > MAX_BYTES) faults.push(`${found.bytes} bytes`);
  if (found.foreign.length > 0) faults.push(`asks others: ${found.foreign.join(', ')}`);
  if (found.inline > 0) faults.push(`${found.inline} inline styles or scripts`);
  if (found.tooWide > 0) faults.push(`${found.tooWide} px wider than the window`);
  if (found.headings !== 1) faults.push(`${found.headings} h1`);
  if (found.lang !== lang) faults.push(`in ${found.lang}`);
  if (found.wayBack < 2) faults.push('no way back');
  faults.push(...told(await findViolations(page, { rules: { 'target-size': { enabled: true } } })));
  const other = scheme === 'light' ? 'dark' : 'light';
  faults.push(...(await coloursOf(page, { colorScheme: other })));
  // Both are looked at in one of two looks, which is once for each page.
  faults.push(
    ...(await coloursOf(page, scheme === 'light' ? { contrast: 'more' } : { forcedColors: 'active' })),
  );
  await page.emulateMedia({ colorScheme: scheme, contrast: null, forcedColors: null });
  return faults;
}

/** What cannot be read by those who asked their device for other colours. */
async function coloursOf(page: Page, media: Parameters<Page['emulateMedia']>[0]): Promise<string[]> {
  await page.emulateMedia(media);
  const found = await findViolations(page, { runOnly: { type: 'rule', values: ['color-contrast'] } });
  return told(found).map((fault) => `${JSON.stringify(media)}: ${fault}`);
}

function told(violations: Awaited<ReturnType<typeof findViolations>>): string[] {
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' ; ')}`,
  );
}
