import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Router } from '../kernel/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { bankSays, nextStatement, openAccount } from '../testing/camt053.ts';
import { type Company, company } from '../testing/company.ts';
import { setUp } from '../testing/offer-terms.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { operator } from './testing/operators.ts';

let k: TestKernel;
let app: Router;
let olga: string;
let first: Browser;
let second: Browser;
let acme: Company;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  const enter = async (name: string) => {
    const { user } = await operator(k, name);
    const browser = openBrowser(app);
    await signIn(k, browser, user.id);
    return { browser, id: user.id };
  };
  ({ browser: first, id: olga } = await enter('Olga'));
  ({ browser: second } = await enter('Otto'));
  acme = await company(k, 'Acme Models');
});
afterAll(() => k.close());

const upload = (browser: Browser, content: Uint8Array) => {
  const body = new FormData();
  if (content.length > 0) body.set('file', new Blob([content as Uint8Array<ArrayBuffer>]), 'camt.xml');
  return browser.send('/operator/bank', {
    method: 'POST',
    body,
    headers: { Accept: 'text/html', Origin: 'http://localhost:4000', 'Sec-Fetch-Site': 'same-origin' },
  });
};
const html = async (browser: Browser, path: string) => (await browser.get(path)).text();
const json = async (browser: Browser, method: string, path: string, body?: unknown) => {
  const answer = await browser.send(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
};

describe('the bank page', () => {
  it('says what to do first', async () => {
    expect(await html(first, '/operator/bank')).toContain('Name the bank account first');
    const early = await upload(first, await nextStatement(k, []));
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('Bank account')]);
    await openAccount(k, olga);
  });

  it('takes a statement and shows what nobody knows yet, in both languages', async () => {
    const content = await nextStatement(k, [
      {
        amountMicro: 7_500_000n,
        reference: 'B-1',
        remittance: 'in advance',
        counterparty: { name: '<Acme>', iban: 'FR1420041010050500013M02606' },
      },
      { amountMicro: -100_000n, reference: 'B-2', remittance: 'charges' },
    ]);
    const done = await upload(first, content);
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/operator/bank?new=2&known=0']);
    const page = await html(first, '/operator/bank?new=2&known=0');
    expect(page).toContain('2 new entries');
    expect(page).toContain('&lt;Acme&gt;');
    expect(page).toContain('€7.40');
    expect(await html(second, '/operator/bank?lang=de')).toContain('7,40');
    expect((await upload(first, content)).headers.get('Location')).toBe('/operator/bank?again');
    const cut = await upload(first, content.slice(0, 900));
    expect([cut.status, await cut.text()]).toEqual([422, expect.stringContaining('camt.053.001.08')]);
    expect((await upload(first, new Uint8Array())).status).toBe(422);
  });

  it('books an entry when an operator says what it was for', async () => {
    const { body } = await json(first, 'GET', '/api/bank-entries?state=open');
    const [charge, credit] = body.entries;
    expect([charge.amountMicro, credit.amountMicro]).toEqual(['-100000', '7500000']);
    const path = `/operator/bank/entries/${credit.id}`;
    expect(await html(first, path)).toContain('FR1420041010050500013M02606');
    const wrong = await first.post(path, { kind: 'prepaid', target: 'Nobody' });
    expect([wrong.status, await wrong.text()]).toEqual([404, expect.stringContaining('was not found')]);
    expect((await first.post(path, { kind: 'prepaid', target: 'acme models' })).status).toBe(303);
    const balance = await balanceOf(k, { partyId: acme.licenseeId, currency: 'EUR' });
    expect(balance.availableMicro).toBe(7_500_000n);
    expect(await html(first, path)).toContain('paid in advance');
    const own = await json(first, 'POST', `/api/bank-entries/${charge.id}/assignments`, {
      kind: 'own',
      target: '',
    });
    expect([own.status, own.body.matches]).toEqual([200, [{ to: 'own', amountMicro: '100000' }]]);
    expect(await html(first, '/operator/bank')).toContain('Every entry is known');
    expect(await html(first, '/operator/bank/entries')).toContain('charges');
    expect((await first.get('/operator/bank/entries/x')).status).toBe(404);
  });
});

describe('money entered by hand', () => {
  it('needs a second person and is marked as a word', async () => {
    const typed = { kind: 'prepaid', target: 'Acme Models', amount: '12,50', note: 'cash at the fair' };
    expect((await first.post('/operator/bank/payments', typed)).status).toBe(303);
    const mine = await html(first, '/operator/bank/payments');
    expect(mine).toContain('waits for a second person');
    expect(mine).toContain('operator’s word');
    expect(mine).not.toContain('/confirm"');
    const [, path = ''] =
      /action="([^"]+\/confirm)"/.exec(await html(second, '/operator/bank/payments?lang=en')) ?? [];
    const alone = await first.post(path);
    expect([alone.status, await alone.text()]).toEqual([
      403,
      expect.stringContaining('cannot confirm it too'),
    ]);
    expect((await second.post(path)).status).toBe(303);
    expect((await balanceOf(k, { partyId: acme.licenseeId, currency: 'EUR' })).availableMicro).toBe(
      20_000_000n,
    );
    expect(await html(first, '/operator/bank/entries')).toContain('no bank record shows it');
    expect(await html(second, '/operator/bank?lang=de')).toContain('Auf Betreiberwort');
  });

  it('shows each field that is wrong', async () => {
    const good = { kind: 'prepaid', target: 'Acme Models', amount: '1', note: 'x' };
    for (const wrong of [
      { amount: '0' },
      { amount: '1.234' },
      { amount: '-1' },
      { target: '' },
      { note: '' },
      { kind: 'x' },
    ]) {
      const answer = await first.post('/operator/bank/payments', { ...good, ...wrong });
      expect([wrong, answer.status]).toEqual([wrong, 422]);
    }
  });

  it('is open to programs', async () => {
    const sent = { kind: 'invoice', target: 'CW-1', amountMicro: '1000000', note: 'cheque' };
    const made = await json(first, 'POST', '/api/payments', sent);
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ ...sent, state: 'proposed', knownBy: 'operator-word' }),
    ]);
    const confirm = `/api/payments/${made.body.id}/confirmation`;
    expect((await json(first, 'POST', confirm)).body.code).toBe('payment-needs-second-person');
    expect((await json(second, 'POST', confirm)).body.state).toBe('confirmed');
    expect((await json(second, 'POST', confirm)).body.code).toBe('payment-decided');
    const next = await json(first, 'POST', '/api/payments', sent);
    expect((await json(second, 'DELETE', `/api/payments/${next.body.id}`)).status).toBe(204);
    expect((await json(second, 'GET', '/api/payments')).body.payments[0].state).toBe('withdrawn');
  });
});

describe('a program of the operator', () => {
  it('sends a statement as it is', async () => {
    const content = await nextStatement(k, [{ amountMicro: 1_000_000n, reference: 'B-9' }]);
    const send = async (type: string, body: Uint8Array) => {
      const answer = await first.send('/api/bank-statements', {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: body as Uint8Array<ArrayBuffer>,
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    expect((await send('text/plain', content)).status).toBe(415);
    const done = await send('application/xml', content);
    expect([done.status, done.body.again, (done.body.newEntries as []).length]).toEqual([200, false, 1]);
    expect((await send('application/xml', content)).body.again).toBe(true);
    expect((await send('application/xml', content.slice(1))).body.code).toBe('bank-file-unreadable');
  });

  it('is nobody else', async () => {
    const other = openBrowser(app);
    await signIn(k, other, acme.signer.user.id);
    for (const path of [
      '/operator/bank',
      '/operator/bank/payments',
      '/operator/bank/entries',
      '/api/bank-entries',
      '/api/payments',
    ]) {
      expect([path, (await other.get(path)).status]).toEqual([path, 403]);
    }
    expect((await upload(other, new Uint8Array())).status).toBe(403);
    expect((await bankSays(k, olga, [])).newEntries).toEqual([]);
  });
});
