import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startInstance, type TestInstance } from './instance.ts';

/** An instance and a browser before it. */
export type House = { readonly instance: TestInstance; readonly browser: Browser };

/**
 * Starts both before the tests of a `describe` and stops both after them. It says already who runs it, unless `setUp` is
 * false. What is answered may be read in tests and hooks only.
 */
export function openHouse({ setUp = true } = {}): House {
  let instance: TestInstance | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    instance = await startInstance();
    if (setUp) await instance.setUp();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });
  return {
    get instance() {
      return there(instance);
    },
    get browser() {
      return there(browser);
    },
  };
}

function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the house is not open yet');
  return one;
}
