import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { operator } from '../bank/testing/operators.ts';
import { listPeriods, readPeriod } from '../billing/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { signIn } from '../testing/sign-in.ts';
import { distributionChecklist, listRuns, planRun } from './index.ts';
import { type DistributionWorld, openDistributionWorld } from './testing/distribution-world.ts';

let w: DistributionWorld;
let olga: Browser;
let holder: Browser;
beforeAll(async () => {
  w = await openDistributionWorld();
  await w.drain();
  const app = createApp(w.k);
  [olga, holder] = [openBrowser(app), openBrowser(app)];
  await signIn(w.k, olga, (await operator(w.k, 'Olga')).user.id);
  await signIn(w.k, holder, w.holder.user.id);
});
afterAll(() => w.k.close());

async function text(browser: Browser, path: string): Promise<string> {
  const page = await browser.get(path);
  expect([path, page.status]).toEqual([path, 200]);
  return page.text();
}
async function checklist() {
  const [last] = await listPeriods(w.k);
  return distributionChecklist(w.k, await readPeriod(w.k, last!.id), 'en');
}

it('a run goes from the list to its end, and shows where the money went', async () => {
  expect(await text(olga, '/operator/runs')).toContain('Nothing has been divided yet');
  expect(await text(holder, '/earnings/waiting')).toContain('Nothing of yours waits');
  await w.share(600_000, [{ name: 'Nora', sharePpm: 400_000 }]);
  const { invoiceId } = await w.paid(2, 1_000_000n);
  expect(await checklist()).toMatchObject([{ key: 'distribution', state: 'waiting' }]);
  const runId = (await planRun(w.k, { invoiceId }))!;
  expect(await text(olga, `/operator/runs/${runId}`)).toContain('Go on with this run');
  expect((await olga.post(`/operator/runs/${runId}/go-on`)).status).toBe(303);
  const page = await text(olga, `/operator/runs/${runId}`);
  const { sqlRoot } = (await listRuns(w.k))[0]!;
  expect(page.split(sqlRoot!).length).toBe(3);
  expect(page).toMatch(/Fee of the operator[\s\S]*€0\.10[\s\S]*Holders[\s\S]*€1\.14/);
  expect(page).not.toContain('Go on with this run');
  expect(await checklist()).toMatchObject([{ state: 'done' }]);

  const csv = await text(olga, `/operator/runs/${runId}/lines.csv`);
  expect(csv.trim().split('\r\n')).toHaveLength(3);
  expect(csv).toContain(',600000,600000,paid,2000000,0,50000,60000,1140000,EUR');

  expect(await text(olga, '/operator/suspense')).toMatch(/€0\.76 wait in all[\s\S]*Nora/);
  expect(await text(holder, '/earnings/waiting')).toMatch(/works you registered[\s\S]*€0\.76[\s\S]*said yes/);
  expect(await text(holder, '/earnings/waiting?lang=de')).toContain('nicht zugestimmt');
});

it('answers programs, each what they may see', async () => {
  const { runs } = (await (await olga.send('/api/distribution/runs')).json()) as { runs: { id: string }[] };
  const one = await (await olga.send(`/api/distribution/runs/${runs[0]!.id}`)).json();
  expect(one).toMatchObject({
    run: { state: 'posted', totalMicro: '2000000' },
    totals: [
      { to: 'fee', accounts: 1, amountMicro: '100000' },
      { to: 'paid', accounts: 1, amountMicro: '1140000' },
      { to: 'unaccepted', accounts: 1, amountMicro: '760000' },
    ],
  });
  const waiting = [{ holder: 'Nora', reason: 'unaccepted', amountMicro: '760000' }];
  expect(await (await olga.send('/api/distribution/suspense')).json()).toMatchObject({ waiting });
  expect(await (await holder.send('/api/earnings/waiting')).json()).toMatchObject({ waiting });
  for (const path of ['/api/distribution/runs', '/api/distribution/suspense', '/operator/runs'])
    expect([path, (await holder.send(path)).status]).toEqual([path, 403]);
  const unknown = await olga.send(`/api/distribution/runs/${w.workId}`);
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'run-unknown' }]);
});
