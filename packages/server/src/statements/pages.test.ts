import { verifyStatement } from '@clearway/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { operator } from '../bank/testing/operators.ts';
import { type DistributionWorld, openDistributionWorld } from '../distribution/testing/distribution-world.ts';
import { documentsKey } from '../kernel/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';

let w: DistributionWorld;
let mara: Browser;
let stranger: Browser;
let olga: Browser;
beforeAll(async () => {
  w = await openDistributionWorld();
  const app = createApp(w.k);
  [mara, stranger, olga] = [openBrowser(app), openBrowser(app), openBrowser(app)];
  await signIn(w.k, mara, w.holder.user.id);
  await signIn(w.k, stranger, (await person(w.k, 'Stranger')).user.id);
  await signIn(w.k, olga, (await operator(w.k, 'Olga')).user.id);
  await w.paid(3, 2_000_000n);
  await w.drain();
  w.k.clock.advance(1_000);
});
afterAll(() => w.k.close());

async function read(who: Browser, path: string, status = 200): Promise<string> {
  const answer = await who.get(path);
  expect([path, answer.status]).toEqual([path, status]);
  const html = await answer.text();
  expect(html).not.toMatch(/\bundefined\b|\[object Object\]|\bNaN\b|\sstyle=/);
  return html;
}
const linkIn = (html: string, pattern: RegExp) => pattern.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

it('a payee goes from the sum to the use it comes from', async () => {
  const earnings = await read(mara, '/earnings');
  expect(earnings).toContain('There is no statement yet.');
  expect(earnings).toContain('November 2026');
  expect(earnings).toContain('<svg');
  const month = await read(mara, linkIn(earnings, /href="(\/earnings\/months\/[^"]+)"/));
  const line = linkIn(month, /href="(\/earnings\/lines\/[^"]+)"/);
  const how = await read(mara, line);
  expect(how).toContain('€2.00 for 1');
  expect(how).toContain('counted at the website');
  expect(how).toMatch(/<strong>yours<\/strong>/);
  expect(how.match(/<code>[0-9a-f-]{36}\/\d+<\/code>/g)).toHaveLength(3);
  expect(await read(mara, `${line}?lang=de`)).toContain('an der Website gezählt');
  await mara.get('/?lang=en');
  await read(stranger, line, 404);
  await read(mara, '/earnings/months/2026-99', 404);
  expect(await read(stranger, '/earnings')).toContain('Nothing has been earned yet');
});

it('an operator issues statements, a payee downloads hers and objects, and is answered', async () => {
  expect((await mara.post('/operator/statements')).status).toBe(403);
  const done = await olga.post('/operator/statements');
  expect(done.headers.get('Location')).toBe('/operator/statements?issued=1');
  expect(await read(olga, '/operator/statements?issued=1')).toContain('One statement was issued.');
  const statement = linkIn(await read(mara, '/earnings'), /href="(\/earnings\/statements\/[^"]+)"/);
  const page = await read(mara, statement);
  expect(page).toContain('Owed at the end');
  await read(stranger, statement, 404);

  const file = await mara.get(`${statement}/statement.json`);
  expect(file.headers.get('Content-Disposition')).toBe('attachment; filename="statement-eur-1.json"');
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect((await verifyStatement(bytes, { key: (await documentsKey(w.k)).verifierKey })).ok).toBe(true);
  expect(await (await mara.get(`${statement}/statement.csv`)).text()).toContain('price_amount_micro');
  expect((await stranger.get(`${statement}/statement.json`)).status).toBe(404);

  const objections = `${statement}/objections`;
  expect((await mara.post(objections, { reason: '', position: '1' })).status).toBe(422);
  const wrong = await mara.post(objections, { reason: 'three? there were four', position: '7' });
  expect(wrong.status).toBe(404);
  expect(await wrong.text()).toContain('three? there were four');
  const raised = await mara.post(objections, { reason: 'there were four', position: '1' });
  expect(raised.headers.get('Location')).toContain('done=objected');
  const asked = await read(olga, '/operator/statements');
  expect(asked).toContain('there were four');
  const answer = linkIn(asked, /action="(\/operator\/statements\/objections\/[^"]+)"/);
  expect((await olga.post(answer, { outcome: 'maybe', answer: 'x' })).status).toBe(422);
  expect((await olga.post(answer, { outcome: 'declined', answer: 'We counted three.' })).status).toBe(303);
  expect((await olga.post(answer, { outcome: 'upheld', answer: 'again' })).status).toBe(409);
  const told = await read(mara, statement);
  expect(told).toContain('We counted three.');
  expect(told).toContain('declined');
});

it('programs read the same', async () => {
  const json = async (who: Browser, path: string) => (await who.send(path)).json() as Promise<never>;
  const { statements } = (await json(mara, '/api/statements')) as { statements: { id: string }[] };
  expect(statements).toHaveLength(1);
  const { id } = statements[0]!;
  expect(await json(mara, `/api/statements/${id}`)).toMatchObject({
    statement: { id, number: 1, openingMicro: '0' },
    objections: [{ outcome: 'declined' }],
  });
  expect((await json(stranger, `/api/statements/${id}`)) as { code: string }).toMatchObject({
    code: 'statement-unknown',
  });
  expect(await json(mara, '/api/earnings')).toMatchObject({ standing: [{ currency: 'EUR' }] });
  const file = await mara.send(`/api/statements/${id}/file`);
  expect(
    (await verifyStatement(new Uint8Array(await file.arrayBuffer()))).checks.map(({ ok }) => ok),
  ).toEqual([false, ...Array(8).fill(true)]);
  const issued = await olga.send('/api/statements', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ to: '2099-01-01T00:00:00Z' }),
  });
  expect(((await issued.json()) as { code: string }).code).toBe('statement-in-future');
});
