import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { inTx, openMails } from '../../kernel/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { signIn } from '../../testing/sign-in.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { currentConsent, listSignatories } from '../index.ts';
import { createCampaign, tokenIn } from '../testing/campaign-world.ts';

let k: TestKernel;
let uma: Browser;
let other: Browser;
let olga: Browser;
let stranger: Browser;
beforeAll(async () => {
  k = await createCampaign();
  const app = createApp(k);
  [uma, other, olga, stranger] = [openBrowser(app), openBrowser(app), openBrowser(app), openBrowser(app)];
  for (const [browser, name] of [
    [uma, 'Uma Reeder'],
    [other, 'Otto Other'],
    [olga, 'Olga'],
  ] as const) {
    const email = `${name.split(' ')[0]!.toLowerCase()}@people.example`;
    const { id } = await inTx(k, (t) => ensureUser(t, { email, name, locale: 'en' }));
    if (name === 'Olga') await sql`update identity.users set operator = true where id = ${id}`.execute(k.db);
    await signIn(k, browser, id);
  }
});
afterAll(() => k.close());

async function read(answer: Response, status = 200): Promise<string> {
  const body = await answer.text();
  expect([answer.status, answer.status === status ? '' : body.slice(0, 900)]).toEqual([status, '']);
  expect(body).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
  return body;
}

/** Sends a form with a file as a browser does; answers where it leads. */
function upload(who: Browser, path: string, fields: Record<string, string>, file?: [string, BlobPart]) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file) form.set('file', new File([file[1]], file[0]));
  return who.send(path, {
    method: 'POST',
    body: form,
    headers: { Accept: 'text/html', Origin: 'http://localhost:4000', 'Sec-Fetch-Site': 'same-origin' },
  });
}

const LIST = {
  role: 'union',
  basis: 'authority',
  authority: 'contract',
  on: '2026-01-31',
  reference: 'file 9',
};
const found = async (q: string) => (await listSignatories(k, { limit: 50, q })).signatories;
const wide = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('a list as a file', () => {
  let path = '';

  it('is read, reported row by row, and nobody signed yet', async () => {
    for (const page of ['/rosters', '/rosters/new', '/rosters/people']) {
      await read(await uma.get(page));
      expect((await stranger.get(page)).status).toBeGreaterThanOrEqual(300);
    }
    const rows = [
      'Name;Tätigkeit;Land;E-Mail;Vollmacht',
      'Zoë Łuczak;Autorin;Deutschland;zoe@people.example;',
      '=HYPERLINK("http://x.example");poet;DE;;',
      '<script>alert(1)</script> Bob;poet;DE;;',
      'Zoë Łuczak;Autor;DE;;',
      'Ivo Invited;poet;AT;ivo@people.example;selbst',
    ];
    const answer = await upload(uma, '/rosters/new', LIST, ['mitglieder.csv', wide(rows.join('\r\n'))]);
    expect(answer.status).toBe(303);
    path = answer.headers.get('Location')!;
    const report = await read(await uma.get(path));
    expect(report).toContain('mitglieder.csv');
    expect(report).toContain('The same person stands on this list already.');
    expect(report).toContain('This cannot be shown as a name.');
    expect(report).not.toContain('<script>alert');
    const csv = await read(await uma.get(`${path}/report.csv`));
    expect(csv).not.toMatch(/(^|,)=/m);
    expect(await found('zoe')).toEqual([]);
    const again = await upload(uma, '/rosters/new', LIST, ['mitglieder.csv', wide(rows.join('\r\n'))]);
    path = again.headers.get('Location')!;
    expect((await upload(uma, '/rosters/new', LIST)).status).toBe(422);
    const picture = Buffer.from('PK\x03\x04\x00');
    expect((await upload(uma, '/rosters/new', LIST, ['list.xlsx', picture])).status).toBe(422);
    expect((await upload(uma, '/rosters/new', { ...LIST, role: 'king' }, ['a.csv', 'name\nX'])).status).toBe(
      422,
    );
  });

  it('belongs to whoever sent it', async () => {
    for (const address of [path, `${path}/report.csv`]) await read(await other.get(address), 404);
    await read(await other.post(path, { action: 'withdraw' }), 404);
    expect((await other.get('/operator/campaign/rosters')).status).toBe(403);
  });

  it('is confirmed with the statement, and its document is for moderators', async () => {
    await read(await uma.post(path, { action: 'submit', statementVersion: '1' }), 422);
    await read(await uma.post(path, { action: 'submit', statement: 'yes', statementVersion: '1' }), 409);
    await read(await upload(uma, `${path}/document`, {}, ['proof.html', '<b>yes</b>']), 422);
    expect((await upload(uma, `${path}/document`, {}, ['proof.pdf', '%PDF-1.7 yes'])).status).toBe(303);
    const said = { action: 'submit', statement: 'yes', statementVersion: '1', onlyGood: 'yes' };
    expect((await uma.post(path, said)).headers.get('Location')).toBe(`${path}?done=submitted`);
    await read(await uma.get(`${path}?done=submitted`));
    const desk = `/operator/campaign${path}`;
    expect(await read(await olga.get('/operator/campaign/queue'))).toContain('(1 waiting)');
    expect(await read(await olga.get('/operator/campaign/rosters'))).toContain(desk);
    expect(await read(await olga.get(desk))).toContain('Zoë Łuczak');
    expect(await read(await olga.get(`${desk}/document`))).toBe('%PDF-1.7 yes');
    await read(await olga.post(desk, { outcome: 'publish', answer: '' }), 422);
    expect((await olga.post(desk, { outcome: 'publish', answer: 'Seen.' })).status).toBe(303);
    await read(await olga.get(desk));
    const [entry] = await found('zoe');
    const shown = await read(await stranger.get(`/signed/${entry!.id}`));
    expect(shown).toContain('Signed through Uma Reeder, on written authority');
    expect(shown).toContain('contract, of 31 January 2026');
    expect(shown).not.toContain('E-mail confirmed');
    expect(await read(await stranger.get('/wall'))).toContain('signed through Uma Reeder');
    const list = await (await stranger.get('/api/signatures')).json();
    expect(list.signatures[0]).toMatchObject({ basis: 'authority', through: 'Uma Reeder' });
  });

  it('the invited reads and signs; the signed-for takes over', async () => {
    const mail = (await openMails(k, 100)).find(({ recipient }) => recipient === 'ivo@people.example')!;
    expect(mail.text).not.toContain('Ivo');
    const link = /localhost:4000(\/i\/[\w-]+)/.exec(mail.text)![1]!;
    expect(await read(await stranger.get(link))).toContain('Ivo Invited');
    const version = String(currentConsent().version);
    const fields = { name: 'Ivo Invited', craft: 'poet', country: 'AT', consentVersion: version };
    await read(await stranger.post(link, fields), 422);
    expect(await found('ivo')).toEqual([]);
    await read(await stranger.post(link, { ...fields, age: 'sixteen', consent: 'yes' }));
    expect(await found('ivo')).toMatchObject([{ basis: 'mailbox' }]);
    await read(await stranger.get(link), 404);
    const own = `/s/${await tokenIn(k, 's', 'zoe@people.example')}`;
    const page = await read(await stranger.get(own));
    expect(page).toContain('Make it my own signature');
    await read(await stranger.post(own, { action: 'take-over', consentVersion: version }), 422);
    const yes = { action: 'take-over', age: 'sixteen', consent: 'yes', consentVersion: version };
    expect((await stranger.post(own, yes)).status).toBe(303);
    expect(await read(await stranger.get(own))).not.toContain('Make it my own signature');
    expect((await uma.post(path, { action: 'withdraw' })).status).toBe(303);
    await read(await uma.get(path));
    expect((await found('')).map(({ name, basis }) => [name, basis]).sort()).toEqual([
      ['Ivo Invited', 'mailbox'],
      ['Zoë Łuczak', 'mailbox'],
    ]);
  });
});

describe('a form for a few', () => {
  const person = (n: number, name: string, country = 'DE') => ({
    [`name${n}`]: name,
    [`craft${n}`]: 'poet',
    [`country${n}`]: country,
  });
  const send = (fields: Record<string, string>) => uma.post('/rosters/people', { ...LIST, ...fields });
  /** What stands at a field as wrong with it. */
  const faultAt = (page: string, field: string) =>
    new RegExp(`id="f-${field}-error">([^<]*)<`).exec(page)?.[1];
  async function takenFor(fields: Record<string, string>) {
    const path = (await send(fields)).headers.get('Location')!;
    const report = await read(await uma.get(path));
    expect((await uma.post(path, { action: 'withdraw' })).headers.get('Location')).toBe(
      '/rosters?done=discarded',
    );
    return report;
  }

  it('names what is wrong at the field, in the row where it stands, and loses nothing', async () => {
    const people = { ...person(2, 'Fay Form'), ...person(5, 'Gus Form', 'Narnia'), town5: 'Kiel' };
    const page = await read(await send(people), 422);
    expect(faultAt(page, 'country5')).toMatch(/We do not know this country\. You wrote “\W?Narnia\W?”/);
    expect(page).toContain('<a href="#f-country5">Person 5: Country</a>');
    for (const typed of ['Fay Form', 'Gus Form', 'Narnia', 'Kiel', 'file 9'])
      expect(page).toContain(`value="${typed}"`);
    const german = await (await uma.get('/rosters/people?lang=de')).text();
    expect(german).toContain('<option>Österreich</option>');
    await uma.get('/rosters/people?lang=en');
    await read(await uma.get('/rosters?done=discarded'));
    expect(await takenFor({ ...people, country5: 'FR' })).toContain('Every row is good.');
  });

  it('takes a country by its name in both languages or its code, and a craft likewise', async () => {
    const countries = [
      'Austria',
      'osterreich',
      'AT',
      'at',
      'Côte d’Ivoire',
      'UK',
      'USA',
      'Türkei',
      'Czechia',
      'GB',
    ];
    const crafts = ['Poet', 'Lyrikerin', 'poet', 'Autor:in'];
    const rows = countries.map((country, i) => ({
      ...person(i + 1, `Name Number${'abcdefghij'[i]}`, country),
      [`craft${i + 1}`]: crafts[i % crafts.length]!,
    }));
    expect(await takenFor(Object.assign({}, ...rows))).toContain('Every row is good.');
  });

  it('grows without a script, keeps what was typed, and stays light', async () => {
    const names = (page: string) => page.match(/name="name\d+"/g)?.length;
    const first = await read(await uma.get('/rosters/people'));
    expect(names(first)).toBe(10);
    const more = await read(await send({ ...person(10, 'Ten Typed'), rows: '10', more: 'yes' }));
    expect([names(more), /autofocus=""[^>]*name="name11"/.test(more)]).toEqual([15, true]);
    expect(more).toContain('value="Ten Typed"');
    const all = Array.from({ length: 15 }, (_, i) =>
      person(i + 1, `Somebody With a Name ${i + 1}`, 'Narnia'),
    );
    const typed = Object.assign({}, ...all);
    const full = await read(await send({ ...typed, rows: '10', more: 'yes' }));
    expect([names(full), full.includes('name="more"')]).toEqual([15, false]);
    for (const rows of ['-1', '9999999', 'x', '1.5'])
      expect([10, 15]).toContain(names(await read(await send({ rows }), 422)));
    // The style sheets weigh the rest of 60 kB.
    for (const lang of ['de', 'en']) {
      await uma.get(`/rosters/people?lang=${lang}`);
      const wrong = await read(await send({ ...typed, rows: '15' }), 422);
      expect(faultAt(wrong, 'country15')).toContain('Narnia');
      expect(Buffer.byteLength(wrong)).toBeLessThan(38_000);
    }
  });

  it('tells that the same person stands there three times', async () => {
    const [name, other, last] = ['Trix Triple', 'Triple, Trix', 'TRIX TRIPLE'];
    const people = {
      ...person(1, name!),
      ...person(3, other!, 'Germany'),
      ...person(4, last!, 'Deutschland'),
    };
    const page = await read(await send(people), 422);
    const told = 'The same person stands on this list already. It is person 1. Empty one of the two rows.';
    expect([faultAt(page, 'name1'), faultAt(page, 'name3'), faultAt(page, 'name4')]).toEqual([
      ...[undefined, told, told],
    ]);
  });

  it('says what two mailboxes and a signature that is there already mean', async () => {
    const confirm = { basis: 'confirm', email1: 'same@people.example', email2: 'same@people.example' };
    const page = await read(
      await send({ ...person(1, 'Amy Box'), ...person(2, 'Bea Box'), ...confirm }),
      422,
    );
    expect(faultAt(page, 'email2')).toContain('has the same mailbox. (Person 1)');
    await read(await send({}), 422);
  });

  it('brings all its rows back after signing in again', async () => {
    const away = openBrowser(createApp(k));
    const fields = { ...LIST, ...person(13, 'Late Thirteen'), rows: '15' };
    const sent = await away.post('/rosters/people', fields, {
      Referer: 'http://localhost:4000/rosters/people',
    });
    const back = new URL(sent.headers.get('Location')!, 'http://localhost:4000');
    const next = back.searchParams.get('next')!;
    await signIn(
      k,
      away,
      (await inTx(k, (t) => ensureUser(t, { email: 'uma@people.example', name: 'Uma Reeder', locale: 'en' })))
        .id,
    );
    const page = await read(await away.get(next));
    expect(page).toContain('value="Late Thirteen"');
    expect(page.match(/name="name\d+"/g)).toHaveLength(15);
  });
});

it('programs do the same over the interface', async () => {
  const send = (who: Browser, method: string, path: string, body?: unknown) =>
    who.send(path, {
      method,
      headers: {
        'Content-Type': 'application/json',
        Origin: 'http://localhost:4000',
        'Sec-Fetch-Site': 'same-origin',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const { role, ...defaults } = LIST;
  const people = [
    { name: 'Api One', craft: 'poet', country: 'DE', hideName: true },
    { name: 'Api Two', craft: 'wizard', country: 'DE' },
  ];
  expect((await send(stranger, 'POST', '/api/rosters', { role, defaults, people })).status).toBe(401);
  expect((await send(uma, 'POST', '/api/rosters', { role, defaults, people: [] })).status).toBe(422);
  const made = await send(uma, 'POST', '/api/rosters', { role, defaults, people });
  expect(made.status).toBe(201);
  const roster = await made.json();
  expect(roster).toMatchObject({
    state: 'checked',
    people: 2,
    fine: 1,
    wrong: 1,
    rows: [{ line: 2, code: 'craft-unknown' }],
  });
  const said = { statement: true, statementVersion: roster.statement.version };
  const whole = await send(uma, 'POST', `/api/rosters/${roster.id}/confirmation`, said);
  expect([whole.status, (await whole.json()).code]).toEqual([409, 'roster-not-whole']);
  const good = await send(uma, 'POST', `/api/rosters/${roster.id}/confirmation`, { ...said, onlyGood: true });
  expect(await good.json()).toEqual({ state: 'waiting' });
  const { rosters } = await (await send(uma, 'GET', '/api/rosters')).json();
  expect(rosters.map(({ id }: { id: string }) => id)).toContain(roster.id);
  expect((await send(other, 'GET', `/api/rosters/${roster.id}`)).status).toBe(404);
  expect((await send(uma, 'DELETE', `/api/rosters/${roster.id}`)).status).toBe(204);
  expect((await (await send(uma, 'GET', `/api/rosters/${roster.id}`)).json()).state).toBe('withdrawn');
});

it('an operator brings over an earlier list', async () => {
  await read(await olga.get('/operator/campaign/imports'));
  expect((await uma.get('/operator/campaign/imports')).status).toBe(403);
  const fields = { signedOn: '2025-06-01', source: 'Book Fair', text: '1', reference: 'box 2' };
  const csv = 'name,craft,country\nOlaf Import,author,NO\n';
  const answer = await upload(olga, '/operator/campaign/imports', fields, ['fair.csv', csv]);
  const path = answer.headers.get('Location')!;
  expect(await read(await olga.get(path))).toContain('Every row is good.');
  expect((await olga.post(path, { statement: 'yes', statementVersion: '1' })).status).toBe(303);
  const [entry] = await found('olaf');
  expect(entry).toMatchObject({ basis: 'import' });
  expect(await read(await stranger.get(`/signed/${entry!.id}`))).toContain(
    'signed on 1 June 2025 at Book Fair',
  );
  await read(await olga.get('/operator/campaign/imports'));
  expect((await olga.get('/operator/campaign/imports/template.csv')).status).toBe(200);
});
