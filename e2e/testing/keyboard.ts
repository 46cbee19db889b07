import type { Page } from 'playwright-core';

/** What hands do on a page. */
export type Hands = {
  click(selector: string): Promise<void>;
  fill(selector: string, text: string): Promise<void>;
  check(selector: string): Promise<void>;
  selectOption(selector: string, value: string): Promise<unknown>;
  setInputFiles(selector: string, file: string): Promise<void>;
};

const MOST_STEPS = 150;

/** Hands with a mouse. */
export function mouseHands(page: Page): Hands {
  return {
    click: (selector) => page.click(selector),
    fill: (selector, text) => page.fill(selector, text),
    check: (selector) => page.check(selector),
    selectOption: (selector, value) => page.selectOption(selector, value),
    setInputFiles: (selector, file) => page.setInputFiles(selector, file),
  };
}

/**
 * Hands that own no mouse: they go from field to field with Tab, type, and press Space, Enter and arrows. Every stop on the
 * way must be visible: an element in focus without a mark of it is a fault.
 */
export function keyboardHands(page: Page, faults: string[]): Hands {
  const keys = page.keyboard;
  // From the first listener on, file dialogs are answered here; one that is added at the key press may come late.
  page.on('filechooser', () => undefined);

  /** What is in focus: whether it is the one meant, and whether one can see that it is. */
  const focus = (selector: string) =>
    page.evaluate(async (wanted) => {
      const inView = (one: Element | null) => {
        const box = one?.getBoundingClientRect();
        return (
          box !== undefined && box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0
        );
      };
      // What comes into focus below the edge is moved into view with the next frames.
      for (let i = 0; i < 3 && !inView(document.activeElement); i += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      const here = document.activeElement;
      if (!here || here === document.body)
        return { here: 'nothing', there: false, group: false, marked: true, seen: '' };
      const target = document.querySelector(wanted);
      const style = getComputedStyle(here);
      const box = here.getBoundingClientRect();
      const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      const named = (one: Element | null) =>
        one instanceof HTMLInputElement && one.type === 'radio' ? one.name : '';
      return {
        here: here.outerHTML.slice(0, 120),
        there: here === target,
        group: named(target) !== '' && named(here) === named(target),
        marked: outlined && inView(here),
        seen: `outline ${style.outlineStyle} ${style.outlineWidth}, ${Math.round(box.top)} to ${Math.round(box.bottom)} of ${innerHeight}`,
      };
    }, selector);

  async function goTo(selector: string): Promise<void> {
    for (let i = 0; i < MOST_STEPS; i += 1) {
      const at = await focus(selector);
      if (!at.marked) faults.push(`${page.url()}: no visible focus (${at.seen}) on ${at.here}`);
      if (at.there) return;
      // Of a group of radio buttons Tab finds one; arrows find the others.
      await keys.press(at.group ? 'ArrowDown' : 'Tab');
    }
    throw new Error(`${page.url()}: Tab never comes to ${selector}`);
  }

  return {
    async click(selector) {
      await goTo(selector);
      // Enter unfolds what can be folded; anything else sends or opens, and another page comes.
      const folds = await page.evaluate(() => document.activeElement?.tagName === 'SUMMARY');
      if (folds) return keys.press('Enter');
      await Promise.all([page.waitForEvent('framenavigated'), keys.press('Enter')]);
      await page.waitForLoadState();
    },
    async fill(selector, text) {
      await goTo(selector);
      await keys.press('ControlOrMeta+a');
      await keys.type(text);
    },
    async check(selector) {
      await goTo(selector);
      if (!(await page.locator(selector).first().isChecked())) await keys.press('Space');
    },
    async selectOption(selector, value) {
      await goTo(selector);
      await keys.press('Home');
      for (let i = 0; i < 400 && (await page.locator(selector).inputValue()) !== value; i += 1)
        await keys.press('ArrowDown');
      if ((await page.locator(selector).inputValue()) !== value)
        throw new Error(`${selector} has no ${value}`);
    },
    async setInputFiles(selector, file) {
      await goTo(selector);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), keys.press('Enter')]);
      await chooser.setFiles(file);
    },
  };
}
