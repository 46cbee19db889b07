import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { lastLink } from '../testing/last-link.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { findUserByEmail } from './find-user.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

const EMAIL = 'sam@candela.example';

it('makes an account by a button, once, and leads to the organisations', async () => {
  const browser = openBrowser(createApp(k));
  await browser.post('/sign-up', { email: EMAIL, name: 'Sam Ode' });
  await drain(k);
  const path = await lastLink(k, EMAIL);
  await browser.get(path);
  expect(await findUserByEmail(k, EMAIL)).toBeUndefined();
  const done = await browser.post(path, {});
  expect([done.status, done.headers.get('Location')]).toEqual([303, '/organisations']);
  expect((await findUserByEmail(k, EMAIL))?.name).toBe('Sam Ode');
  expect((await openBrowser(createApp(k)).post(path, {})).status).toBeGreaterThanOrEqual(400);
});

it('sends a mere sign-in link where there is an account, and keeps its name', async () => {
  const browser = openBrowser(createApp(k));
  await browser.post('/sign-up', { email: EMAIL.toUpperCase(), name: 'Somebody Else' });
  await drain(k);
  await browser.post(await lastLink(k, EMAIL), {});
  expect((await findUserByEmail(k, EMAIL))?.name).toBe('Sam Ode');
});

it('refuses a name that is none, and shows what was typed', async () => {
  const answer = await openBrowser(createApp(k)).post('/sign-up', {
    email: 'x@example.org',
    name: 'a\u202eb',
  });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('x@example.org');
});
