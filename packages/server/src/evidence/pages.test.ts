import { verifyEvidence } from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Router } from '../kernel/index.ts';
import { presetTerms, type Terms } from '../offers/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { ownWork, publish } from '../testing/offer-terms.ts';
import { person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { logVerifierKey, sequence } from '../transparency/index.ts';
import { type EvidenceWorld, excerptOf, openEvidenceWorld, reportOf } from './testing/evidence-world.ts';

let w: EvidenceWorld;
let app: Router;
let holder: Browser;
let buyer: Browser;
let trained: string;
beforeAll(async () => {
  w = await openEvidenceWorld();
  await w.saw([{ reason: 'license-required', agentName: 'RudeBot', count: 40 }]);
  app = createApp(w.k);
  holder = openBrowser(app);
  await signIn(w.k, holder, w.holder.user.id);
  buyer = openBrowser(app);
  await signIn(w.k, buyer, w.acme.signer.user.id);
  await buyer.send('/api/acting', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ organisationId: w.acme.organisationId }),
  });
  trained = await ownWork(w.k, w.holder);
  const terms: Terms = {
    ...presetTerms('no-ai'),
    'ai-train': {
      answer: 'paid',
      prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
    },
  };
  await publish(w.k, w.holder, trained, terms);
  await sequence(w.k);
});
afterAll(() => w.k.close());

const html = async (who: Browser, path: string) => {
  const response = await who.get(path);
  return { status: response.status, text: await response.text() };
};

async function upload(who: Browser, report: Uint8Array, dataset = 'Big <Pile>'): Promise<Response> {
  const body = new FormData();
  body.set('dataset', dataset);
  body.set('use', 'ai-train');
  body.set('report', new Blob([new Uint8Array(report)]), 'report.json');
  return who.send('/dataset-checks', { method: 'POST', headers: { Accept: 'text/html' }, body });
}

describe('/dataset-checks', () => {
  it('shows what matches by state, filters it, and makes a quote of what can be licensed', async () => {
    expect((await html(buyer, '/dataset-checks')).text).toContain('No dataset check yet');
    const nobody = w.k.ids.id();
    const done = await upload(buyer, reportOf([excerptOf(trained), excerptOf(w.workId), excerptOf(nobody)]));
    expect(done.status).toBe(303);
    const path = done.headers.get('Location') ?? '';
    const { text } = await html(buyer, path);
    expect(text).toContain('Big &lt;Pile&gt;');
    expect(text).toContain('can be licensed (1)');
    expect(text).toContain('€250.00 for one model version');
    expect(text).toContain('up to 41 words, 25');
    const filtered = (await html(buyer, `${path}?state=unknown`)).text;
    expect(filtered).toContain(nobody);
    expect(filtered).not.toContain(`/w/${trained}`);
    expect((await html(buyer, `${path}?state=%3Cscript%3E&from=99999`)).status).toBe(200);
    const quoted = await buyer.post(`${path}/quote`, {
      unit: 'model-version',
      months: '12',
      model: 'aurora-2',
    });
    expect(quoted.status).toBe(303);
    expect((await html(buyer, quoted.headers.get('Location') ?? '')).text).toContain(trained);
    const failed = await buyer.post(`${path}/quote`, { unit: 'fetch', months: '12' });
    expect(failed.status).toBe(409);
    expect(await failed.text()).toContain('check-nothing-to-license');
    const csv = await (await buyer.get(`${path}/hits.csv`)).text();
    expect(csv.split('\r\n')[0]).toContain('item,input,work,title');
    expect(csv).toContain(
      `line 1,data/part-0.jsonl,${trained},The Sea,text,41,0.25,,licensable,,250000000,1`,
    );
    expect((await html(holder, path)).status).toBe(404);
    expect((await html(openBrowser(app), path)).status).toBe(303);
  });

  it('says what is wrong with a file, and keeps what was typed', async () => {
    const refused = await upload(holder, Buffer.from('{"format":"x"}'), 'My <Set>');
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expect(text).toContain('report-malformed');
    expect(text).toContain('value="My &lt;Set&gt;"');
  });
});

describe('/cases', () => {
  it('is opened from who was refused, shows both sides, and hands on a file that verifies', async () => {
    const list = (await html(holder, '/cases')).text;
    expect(list).toContain('RudeBot at blog.example (40 refusals)');
    const today = w.k.clock.now().toISOString().slice(0, 10);
    const opened = await holder.post('/cases', { client: `${w.site.id} RudeBot`, from: today, to: today });
    expect(opened.status).toBe(303);
    const path = opened.headers.get('Location') ?? '';
    const { text } = await html(holder, path);
    expect(text).toContain('a client calling itself “RudeBot”');
    expect(text).toContain('What this does not show');
    expect(text).toContain('40 requests refused until');
    expect(text).toContain(`/w/${w.workId}/versions/1`);
    expect(text).not.toMatch(/was trained on|Acme/);
    expect((await holder.get(`${path}/evidence.json`)).status).toBe(503);
    await sequence(w.k);
    const file = new Uint8Array(await (await holder.get(`${path}/evidence.json`)).arrayBuffer());
    expect((await verifyEvidence(file, { key: await logVerifierKey(w.k) })).ok).toBe(true);
    const letter = (await html(holder, `${path}/letter?lang=de`)).text;
    expect(letter).toContain('An den Betreiber des Clients, der sich „RudeBot“ nennt');
    expect((await html(holder, `${path}?lang=en`)).text).toContain('<html lang="en">');
    for (const of of ['', '/letter', '/evidence.json']) {
      expect((await html(buyer, `${path}${of}`)).status).toBe(404);
    }
  });

  it('says what is missing', async () => {
    const empty = await holder.post('/cases', { from: '2026-11-01', to: '2026-11-20' });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('case-about-nothing');
    const bad = await holder.post('/cases', { client: 'x', from: 'soon', to: '' });
    expect(bad.status).toBe(422);
    const future = await holder.post('/cases', {
      client: `${w.site.id} RudeBot`,
      from: '2026-11-20',
      to: '2030-01-01',
    });
    expect(await future.text()).toContain('case-period-invalid');
    const nora = openBrowser(app);
    await signIn(w.k, nora, (await person(w.k, 'Nora')).user.id);
    expect((await html(nora, '/cases')).text).toContain('Nothing was refused at your websites yet');
  });
});
