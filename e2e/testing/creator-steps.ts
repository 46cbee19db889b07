import { join } from 'node:path';
import type { Window } from './chromium.ts';
import type { TestInstance } from './instance.ts';
import { type Hands, mouseHands } from './keyboard.ts';

const root = join(import.meta.dirname, '../..');

/** What a creator does in her window, page by page, with a mouse or other hands; each page is looked at. */
export function creatorSteps(
  instance: TestInstance,
  { page, look }: Window,
  hands: Hands = mouseHands(page),
) {
  const send = () => hands.click('main form button[type=submit]');

  return {
    async sign(name: string, email: string): Promise<void> {
      await page.goto(`${instance.url}/`);
      await look('home');
      await page.goto(`${instance.url}/declaration`);
      await look('declaration');
      await page.goto(`${instance.url}/sign`);
      await look('sign');
      await hands.fill('[name=name]', name);
      await hands.selectOption('[name=craft]', 'author');
      await hands.selectOption('[name=country]', 'DE');
      await hands.fill('[name=email]', email);
      await hands.check('[name=age][value=sixteen]');
      await hands.check('[name=consent]');
      await send();
      await page.waitForURL('**/sign/sent');
      await look('sign-sent');
    },

    /** Opens the link in the mail and presses the button. */
    async confirm(email: string): Promise<void> {
      const mail = await instance.mailbox.next(email);
      await page.goto(mail.link(/https?:\S+\/c\/\S+/));
      await look('confirm');
      await send();
      await page.waitForSelector('form[action="/sign/account"]');
      await look('confirmed');
    },

    /** Steps on to an account and says that she may say yes herself. */
    async becomeUser(): Promise<void> {
      await hands.click('form[action="/sign/account"] button');
      await page.waitForURL(/\/rights\?next=/);
      await look('rights');
      await hands.check('[name=answer][value=mine]');
      await send();
      await page.waitForURL('**/works/new');
      await look('rights-saved');
    },

    async signIn(email: string): Promise<void> {
      await look('sign-in');
      await hands.fill('[name=email]', email);
      await send();
      await page.waitForURL('**/sign-in/sent*');
      await look('sign-in-sent');
      const mail = await instance.mailbox.next(email);
      await page.goto(mail.link(/https?:\S+\/l\/\S+/));
      await look('sign-in-link');
      await send();
    },

    async visit(...paths: readonly string[]): Promise<void> {
      for (const path of paths) {
        await page.goto(`${instance.url}${path}`);
        await look(path.replaceAll('/', '-').slice(1));
      }
    },

    /** Registers a file; answers the work's id. */
    async registerWork(other?: { name: string; email: string }): Promise<string> {
      await page.goto(`${instance.url}/works/new`);
      await look('new-work');
      await hands.setInputFiles(
        '[name=file]',
        join(root, 'examples/works/the-lighthouse-keepers-ledger.txt'),
      );
      await hands.fill('[name=title]', 'The Lighthouse Keeper’s Ledger');
      await hands.selectOption('[name=type]', 'text');
      if (other) {
        await hands.click('summary:has(+ fieldset)');
        await hands.fill('[name=myShare]', '60');
        await hands.fill('[name=name1]', other.name);
        await hands.fill('[name=email1]', other.email);
        await hands.fill('[name=share1]', '40');
        await look('new-work-shared');
      }
      await send();
      await page.waitForURL(/\/works\/[^/]+\?done=registered$/);
      await look('work');
      return /\/works\/([^?]+)/.exec(page.url())?.[1] ?? '';
    },

    async publishTerms(work: string): Promise<void> {
      await page.goto(`${instance.url}/works/${work}/terms`);
      await look('terms');
      await hands.check('[name=preset][value=search-free-answers-paid]');
      await hands.click('form:has([name=preset]) button[type=submit]');
      await page.waitForURL(/step=prices/);
      await look('prices');
      await hands.fill('[name="price.ai-input.fetch"]', '0.02');
      await send();
      await page.waitForURL(/step=preview$/);
      await look('preview');
      await send();
      await page.waitForURL(/\/terms\?done=1$/);
      await look('published');
    },
  };
}
