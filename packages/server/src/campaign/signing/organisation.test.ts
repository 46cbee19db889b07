import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { findUserByEmail } from '../../identity/index.ts';
import { organisationsOf, partyOfOrganisation, partyOfUser } from '../../parties/index.ts';
import { openBrowser } from '../../testing/browser.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { createCampaign, signed, tokenIn } from '../testing/campaign-world.ts';
import { signatureByToken } from './find-signature.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createCampaign();
});
afterAll(() => k.close());

it('sees and corrects the members it is said to have, and goes on as an organisation', async () => {
  const browser = openBrowser(createApp(k));
  const email = 'office@choirs.example';
  const token = await signed(k, {
    kind: 'organisation',
    name: 'Union of Choirs',
    contact: 'Rosa Feld',
    members: 5_000_000,
    email,
  });
  const page = await (await browser.get(`/c/${token}`)).text();
  expect(page).toContain('value="5000000"');
  const said = { name: 'Union of Choirs', craft: 'musician', country: 'DE', contact: 'Rosa Feld' };
  const wrong = await browser.post(`/c/${token}`, { ...said, members: '-3' });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="-3"')]);
  const done = await (await browser.post(`/c/${token}`, { ...said, members: '1200' })).text();
  const own = await tokenIn(k, 's', email);
  expect(await signatureByToken(k, own)).toMatchObject({ kind: 'organisation', members: 1_200 });
  expect((await browser.post(`/s/${own}`, { ...said, action: 'correct', members: '1300' })).status).toBe(303);
  expect(await signatureByToken(k, own)).toMatchObject({ members: 1_300, contact: 'Rosa Feld' });

  const accountToken = /name="accountToken" value="([^"]+)"/.exec(done)![1]!;
  await browser.post('/sign/account', { accountToken });
  const user = (await findUserByEmail(k, email))!;
  expect(user.name).toBe('Rosa Feld');
  expect(await partyOfUser(k, user.id)).toBeUndefined();
  const [choirs, ...others] = await organisationsOf(k, user.id);
  expect([choirs, others]).toMatchObject([{ name: 'Union of Choirs', role: 'admin' }, []]);
  const { claim } = await partyOfOrganisation(k, choirs!.organisationId);
  expect(claim).toEqual({ count: 1_300, saidTo: 'localhost:4000' });
  const bar = await (await browser.get('/organisations')).text();
  expect(bar).toMatch(/class="acting"[\s\S]*Union of Choirs/);
});
