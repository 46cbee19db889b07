import { openInvoice } from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { operator } from '../bank/testing/operators.ts';
import { changeAccount, sendSignInLink } from '../identity/index.ts';
import { inTx, openMails } from '../kernel/index.ts';
import { topUp } from '../ledger/index.ts';
import { asksFirst } from '../testing/asks-first.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { lastLink } from '../testing/last-link.ts';
import { type BillingWorld, openBillingWorld } from './testing/billing-world.ts';

let w: BillingWorld;
let app: ReturnType<typeof createApp>;
let olga: Browser;
let signer: Browser;
let stranger: Browser;
beforeAll(async () => {
  w = await openBillingWorld();
  app = createApp(w.k);
  await w.fetches(3);
  w.k.clock.advance(86_400_000);
  const { user } = await operator(w.k, 'Olga');
  olga = await signedIn(user.email);
  signer = await signedIn(w.company.signer.user.email);
  stranger = await signedIn(w.holder.user.email);
});
afterAll(() => w.k.close());

async function signedIn(email: string) {
  const browser = openBrowser(app);
  await inTx(w.k, (t) => sendSignInLink(t, { email, locale: 'en' }));
  await drain(w.k);
  await browser.post(await lastLink(w.k, email));
  return browser;
}
const post = (browser: Browser, path: string, value: unknown) =>
  browser.send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(value),
  });
type Answer = {
  readonly invoices: readonly { readonly id: string }[];
  readonly lines: readonly { readonly id: string }[];
  readonly usage: readonly { readonly ref: string }[];
  readonly checklist: readonly { readonly key: string }[];
  readonly periods: readonly unknown[];
  readonly document: string;
};
const read = async (browser: Browser, path: string) =>
  (await (await browser.send(path, { headers: { Accept: 'application/json' } })).json()) as Answer;

describe('the month close', () => {
  it('is a checklist the operator works through', async () => {
    expect(await (await olga.get('/operator/periods')).text()).toContain('No period yet');
    const wrong = await olga.post('/operator/periods', { from: '2026-11-23', to: '2026-11-22' });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="2026-11-23"')]);
    const opened = await olga.post('/operator/periods', { from: '2026-11-01', to: '2026-12-01' });
    const path = opened.headers.get('Location')!;
    const page = await (await olga.get(path)).text();
    expect(page).toContain('Only then it can be closed.');
    expect(page).not.toContain('Charge, issue the invoices and close');
    const early = await olga.post(`${path}/close`, {});
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('period-not-past')]);
    expect((await olga.post(`${path}/drop`, {})).headers.get('Location')).toBe('/operator/periods');

    const { user } = w.company.signer;
    await changeAccount(w.k, user.id, { name: user.name, locale: 'de' });
    const next = await olga.post('/operator/periods', { from: '2026-11-22', to: '2026-11-23' });
    const due = next.headers.get('Location')!;
    const ready = await (await olga.get(`${due}?lang=en`)).text();
    expect(ready).toContain('Not charged yet: 3 fetches and 0 reports.');
    expect(ready).toContain('The one gate there is has not delivered since.');
    expect(await (await olga.get(`${due}?lang=de`)).text()).toContain('braucht Sie');
    expect(asksFirst(ready, `${due}/close`)).toBe(true);
    expect((await olga.post(`${due}/close`, {})).status).toBe(303);
    const closed = await (await olga.get(`${due}?lang=en`)).text();
    expect(closed).toContain('One line is charged.');
    expect(closed).toContain('One invoice is open: €0.06.');
    expect((await olga.post(`${due}/close`, {})).headers.get('Location')).toContain('again=yes');
    await drain(w.k);
    const [mail] = (await openMails(w.k)).filter(({ subject }) => subject === 'Rechnung INV-000001');
    expect(mail!.recipient).toBe(user.email);
    for (const text of [
      'für 22. November 2026 ist da',
      '0,06\u00a0€',
      'Überweisung INV-000001',
      '/invoices/',
    ])
      expect(mail!.text).toContain(text);
  });

  it('is nobody else’s', async () => {
    for (const path of ['/operator/periods', '/operator/invoices'])
      expect((await signer.get(path)).status).toBe(403);
    expect((await post(signer, '/api/periods', { from: '2026-01-01', to: '2026-01-02' })).status).toBe(403);
  });

  it('is the same for programs', async () => {
    w.k.clock.advance(1_000);
    const to = w.k.clock.now().toISOString();
    const opened = await post(olga, '/api/periods', { from: '2026-11-23', to });
    expect(opened.status).toBe(201);
    const { id } = (await opened.json()) as { id: string };
    const { checklist } = await read(olga, `/api/periods/${id}`);
    // What follows is of other modules.
    expect(checklist.slice(0, 7).map(({ key }) => key)).toEqual([
      'past',
      'gates',
      'waiting',
      'mismatches',
      'charge',
      'invoices',
      'payments',
    ]);
    const closed = await post(olga, `/api/periods/${id}/close`, {});
    expect(await closed.json()).toMatchObject({ closed: true, invoiceIds: [], period: { state: 'closed' } });
    expect((await read(olga, '/api/periods')).periods).toHaveLength(2);
  });
});

describe('an invoice', () => {
  it('is seen by its company and the operator, and opens to each use', async () => {
    await signer.post('/acting', { organisation: w.company.organisationId });
    const { invoices } = await read(signer, '/api/invoices');
    const path = `/invoices/${invoices[0]!.id}`;
    expect(await (await signer.get('/invoices')).text()).toContain('INV-000001');
    const page = await (await signer.get(`${path}?lang=en`)).text();
    for (const text of [
      'INV-000001',
      'Pro forma',
      'The Sea',
      '3 fetches',
      '€0.06',
      'Pay from the prepaid balance',
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('Issue a credit note');
    expect(await (await signer.get(`${path}?lang=de`)).text()).toContain('auf der Website gezählt');
    const [line] = /\/invoices\/[0-9a-f-]+\/lines\/[0-9a-f-]+/.exec(page)!;
    expect(await (await signer.get(line)).text()).toContain('/posts/1');
    const { usage } = await read(signer, `/api${line}/usage?limit=2`);
    expect(usage).toHaveLength(2);
    expect((await read(signer, `/api${line}/usage?after=${usage[1]!.ref}`)).usage).toHaveLength(1);
    expect(await (await olga.get(`${path}?lang=en`)).text()).toContain('Issue a credit note');
    for (const each of [path, line, `${path}/invoice.jws`, `${path}/lines.csv`, `/api${path}`])
      expect((await stranger.get(each)).status, each).toBe(404);
    expect((await stranger.get('/invoices')).status).toBe(200);
  });

  it('is downloaded signed, as JSON and as CSV', async () => {
    const { invoices } = await read(signer, '/api/invoices');
    const path = `/invoices/${invoices[0]!.id}`;
    const { publicKey } = await w.k.keys.signing('documents');
    const signed = await signer.get(`${path}/invoice.jws`);
    const document = await openInvoice(await signed.text(), () => publicKey);
    expect(await (await signer.get(`${path}/invoice.json`)).json()).toEqual(document);
    const csv = await (await signer.get(`${path}/lines.csv`)).text();
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toContain(',gate-counted,3,20000,1,60000,EUR,');
    expect((await read(signer, `/api${path}`)).document).toContain('.');
  });

  it('is paid from the prepaid balance and credited', async () => {
    const { invoices } = await read(signer, '/api/invoices');
    const { id } = invoices[0]!;
    const path = `/invoices/${id}`;
    const poor = await signer.post(`${path}/pay`, {});
    expect([poor.status, await poor.text()]).toEqual([409, expect.stringContaining('nothing-to-pay')]);
    const { licenseeId: partyId } = w.company;
    await inTx(w.k, (t) => topUp(t, { partyId, currency: 'EUR', amountMicro: 70_000n, reference: 'x' }));
    expect((await stranger.post(`${path}/pay`, {})).status).toBe(404);
    expect((await signer.post(`${path}/pay`, {})).headers.get('Location')).toBe(`${path}?done=yes`);
    expect(await (await signer.get(`${path}?lang=en`)).text()).toContain('prepaid balance');
    const { lines } = await read(olga, `/api${path}`);
    const field = `units-${lines[0]!.id}`;
    const high = await olga.post(`${path}/credits`, { [field]: '4', reason: 'wrong' });
    expect([high.status, await high.text()]).toEqual([409, expect.stringContaining('credit-too-high')]);
    for (const typed of [{ reason: 'x' }, { [field]: 'a', reason: 'x' }, { [field]: '1' }])
      expect((await olga.post(`${path}/credits`, typed)).status).toBe(422);
    expect((await signer.post(`${path}/credits`, { [field]: '1', reason: 'x' })).status).toBe(403);
    expect((await olga.post(`${path}/credits`, { [field]: '1', reason: 'twice' })).status).toBe(303);
    const credited = await post(olga, `/api${path}/credits`, {
      reason: 'again',
      lines: [{ lineId: lines[0]!.id, amountMicro: '1' }],
    });
    expect(await credited.json()).toMatchObject({ number: 'CN-000002', exactMicro: '-1' });
    const page = await (await signer.get(`${path}?lang=en`)).text();
    expect(page).toContain('CN-000001');
    const [note] = /\/invoices\/[0-9a-f-]+\/credits\/[0-9a-f-]+\/credit-note\.jws/.exec(page)!;
    const { publicKey } = await w.k.keys.signing('documents');
    const document = await openInvoice(await (await signer.get(note)).text(), () => publicKey);
    expect(document).toMatchObject({ kind: 'credit-note', corrects: 'INV-000001', reason: 'twice' });
    expect(await (await olga.get(`/invoices/${id}/lines/${document.lines[0]!.line}`)).text()).toContain(
      'A credit has no uses of its own',
    );
  });
});
