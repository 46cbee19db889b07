import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFetch } from '@clearway/net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import type { Kernel } from '../../kernel/index.ts';
import { openBrowser } from '../../testing/browser.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { confirmSignature } from '../index.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { checkLinkBack, entryUrl } from './check-link-back.ts';

let k: TestKernel;
let local: Kernel;
let server: Server;
let base: string;
let link = '';
beforeAll(async () => {
  server = createServer((_request, response) => response.end(`<a rel="me" href="${link}">I signed</a>`));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  k = await createCampaign({ fetch: createFetch({ allowOrigins: [base] }) });
  local = { ...k, site: { ...k.site, allowPorts: true } };
});
afterAll(async () => {
  await k.close();
  await new Promise((done) => server.close(done));
});

it('names the page, not only the host: two profiles at one place are two', async () => {
  const { signature } = await confirmSignature(k, await signed(k, { name: 'Lea Linked' }));
  link = await entryUrl(local, signature.id);
  for (const path of ['/@lea', '/@choir/?tab=about', '/@lea?again=1'])
    await checkLinkBack(local, { signatoryId: signature.id, url: base + path });
  const page = await (await openBrowser(createApp(k)).get(`/signed/${signature.id}?lang=en`)).text();
  const host = base.slice('http://'.length);
  for (const profile of ['@lea', '@choir'])
    expect(page).toContain(
      `Link back from <a href="https://${host}/${profile}" rel="nofollow ugc noopener">${host}/${profile}</a>`,
    );
  expect(page.match(/Link back from/g)).toHaveLength(2);
});
