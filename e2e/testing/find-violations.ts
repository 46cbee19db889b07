import { createRequire } from 'node:module';
import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

type Options = Parameters<AxeBuilder['options']>[0];
type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];
type Axe = { run(where: Document, options: Options): Promise<{ violations: Violation[] }> };

/** The axe that the builder brings. */
const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as {
  source: string;
};

/**
 * What axe finds wrong with the page that is open, by all its rules or those that are given. The builder opens a second
 * page and reads axe three times at each call, since frames may be of others; here a frame is refused instead.
 */
export async function findViolations(page: Page, options: Options = {}): Promise<readonly Violation[]> {
  if (page.frames().length > 1) throw new Error(`${page.url()}: axe does not look into its frames`);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(
    async (given) => {
      const { axe } = window as unknown as { axe: Axe };
      return (await axe.run(document, given)).violations;
    },
    { ...options, resultTypes: ['violations'] } satisfies Options,
  );
}
