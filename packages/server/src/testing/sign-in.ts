import { startSession } from '../identity/index.ts';
import { createRouter, type Kernel, requestContext } from '../kernel/index.ts';
import type { Browser } from './browser.ts';

/** Gives a browser a session of a user, without the mail. */
export async function signIn(k: Kernel, browser: Browser, userId: string): Promise<void> {
  const door = createRouter();
  door.use(requestContext(k));
  door.post('/', async (c) => {
    await startSession(c, userId);
    return c.text('in');
  });
  const answer = await door.request('/', { method: 'POST' });
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    browser.cookies.set(name, value);
  }
}
