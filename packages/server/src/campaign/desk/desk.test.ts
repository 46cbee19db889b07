import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { inTx, openMails } from '../../kernel/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { signIn } from '../../testing/sign-in.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { linksOf } from '../checks/check-link-back.ts';
import { currentDeclaration, declarationHash } from '../declaration/declaration.ts';
import { publishDeclaration } from '../declaration/edit-declaration.ts';
import {
  cleanUp,
  confirmSignature,
  eraseSignature,
  exportSignature,
  listFeatured,
  listSignatories,
  previewCleanUp,
  signatureByToken,
  signatureCount,
  signatureCounts,
  withdrawSignature,
} from '../index.ts';
import { pressNumbers } from '../spread/press-numbers.ts';
import { createCampaign, type signature, signed, tokenIn } from '../testing/campaign-world.ts';

let k: TestKernel;
let olga: Browser;
let otto: Browser;
let stranger: Browser;
beforeAll(async () => {
  k = await createCampaign();
  const app = createApp(k);
  [olga, otto, stranger] = [openBrowser(app), openBrowser(app), openBrowser(app)];
  for (const [browser, name] of [
    [olga, 'olga'],
    [otto, 'otto'],
  ] as const) {
    const { id } = await inTx(k, (t) =>
      ensureUser(t, { email: `${name}@guild.example`, name, locale: 'en' }),
    );
    await sql`update identity.users set operator = true where id = ${id}`.execute(k.db);
    await signIn(k, browser, id);
  }
});
afterAll(() => k.close());

const DESK = '/operator/campaign';
let people = 0;
const mailbox = () => `desk${++people}@example.org`;

async function confirmed(about: Parameters<typeof signature>[0] = {}) {
  const email = about.email ?? mailbox();
  const { signature: row } = await confirmSignature(k, await signed(k, { email, ...about }));
  return { row, email, own: `/s/${await tokenIn(k, 's', email)}` };
}

async function text(who: Browser, path: string, status = 200): Promise<string> {
  const page = await who.get(path);
  expect([path, page.status]).toEqual([path, status]);
  const html = await page.text();
  expect(html).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
  return html;
}

/** The one open review's id. */
async function waiting(): Promise<string> {
  const html = await text(olga, `${DESK}/queue`);
  return /campaign\/queue\/([0-9a-f-]{36})/.exec(html)?.[1] ?? '';
}

const words = (closing: string) =>
  Object.fromEntries(
    ['en', 'de'].flatMap((lang) => [
      [`${lang}-title`, `Second words (${lang})`],
      [`${lang}-paragraphs`, 'One paragraph.\n\nAnother one.'],
      [`${lang}-demandsIntro`, 'We say:'],
      [`${lang}-demands`, 'Ask.\nPay.'],
      [`${lang}-closing`, closing],
    ]),
  );

describe('held names', () => {
  it('wait in the queue, count nowhere, and appear as namesakes with craft and town', async () => {
    expect((await stranger.get(DESK)).headers.get('Location')).toContain('/sign-in');
    await olga.post(DESK, { action: 'protect', name: 'Mila Oduya', reason: 'asked for it' });
    expect(await text(olga, DESK)).toContain('Mila Oduya');
    const before = await signatureCount(k);
    const { row, own } = await confirmed({ name: 'Milа Oduya' });
    expect(row.state).toBe('held');
    expect(await text(stranger, own)).toContain('somebody looks at it');
    await text(stranger, `/signed/${row.id}`, 404);
    const id = await waiting();
    const decision = { outcome: 'namesake', answer: 'Another Mila.' };
    expect(await (await olga.post(`${DESK}/queue/${id}`, decision)).text()).toContain('town is missing');
    expect((await olga.post(`${DESK}/queue/${id}`, { ...decision, town: 'Lübeck' })).status).toBe(303);
    expect(await signatureCount(k)).toBe(before + 1);
    expect(await text(stranger, '/wall')).toContain('Lübeck');
    const [mail] = await openMails(k, 1);
    expect(mail!.text).toContain('Another Mila.');
    expect((await olga.post(`${DESK}/queue/${id}`, decision)).status).toBe(409);
  });

  it('are removed with a reason, and the person may sign again', async () => {
    const { row, email } = await confirmed({ name: 'Oduya, Mila' });
    const before = await signatureCount(k);
    await olga.post(`${DESK}/queue/${await waiting()}`, { outcome: 'removed', answer: 'Not her.' });
    expect(await signatureCount(k)).toBe(before);
    expect((await signatureByToken(k, await tokenIn(k, 's', email))).state).toBe('withdrawn');
    await text(stranger, `/signed/${row.id}`, 404);
  });

  it('cannot be reached by correcting an honest name', async () => {
    const { own } = await confirmed({ name: 'Honest Person' });
    const before = await signatureCount(k);
    const fields = { action: 'correct', name: 'Mi1a Oduya', craft: 'author', country: 'DE' };
    expect((await stranger.post(own, fields)).status).toBe(303);
    expect(await signatureCount(k)).toBe(before - 1);
    await stranger.post(own, { ...fields, name: 'Honest Person' });
    expect(await signatureCount(k)).toBe(before);
    expect(await waiting()).toBe('');
  });
});

describe('reports that nobody decides one by one', () => {
  const reported = async (name: string, count: number) => {
    const { row } = await confirmed({ name });
    const path = `/signed/${row.id}/report`;
    for (let i = 0; i < count; i++) {
      const lang = i === 0 ? 'de' : 'en';
      const email = `${name.toLowerCase().replace(/\W/g, '')}${i}@press.example`;
      const report = { ground: 'other', words: 'This is somebody else.', email };
      expect((await stranger.post(`${path}?lang=${lang}`, report)).status).toBe(303);
    }
    return { row, id: await waiting() };
  };
  const answers = async () =>
    (await openMails(k, 100)).filter(({ recipient }) => recipient.endsWith('@press.example'));
  const addresses = async () =>
    (
      await sql<{ n: number }>`select count(*)::int as n from campaign.reviews
        where reporter_email is not null`.execute(k.db)
    ).rows[0]!.n;

  it('are all answered when the entry is taken out, and no address stays', async () => {
    const { row, id } = await reported('Much Reported', 3);
    await olga.post(`${DESK}/queue/${id}`, { outcome: 'removed', answer: 'Invented.' });
    expect(await addresses()).toBe(0);
    expect((await answers()).map(({ text }) => text.includes('Invented.'))).toEqual([true, true, true]);
    expect(await waiting()).toBe('');
    expect(await exportSignature(k, row.id)).toBeDefined();
  });

  it.each([
    ['withdrawn', withdrawSignature],
    ['erased', eraseSignature],
  ] as const)('are all answered when the entry is %s by its owner', async (how, end) => {
    const { row } = await reported(`Soon ${how}`, 2);
    const before = (await answers()).length;
    await end(k, row.id);
    expect(await addresses()).toBe(0);
    const mine = await answers();
    expect(mine.length - before).toBe(2);
    const said = mine.slice(0, 2).map(({ text }) => text);
    expect(said.some((text) => text.includes('no longer there'))).toBe(true);
    expect(said.some((text) => text.includes('gibt es nicht mehr'))).toBe(true);
    expect(await waiting()).toBe('');
  });

  it('are all answered when a clean-up takes the entry out', async () => {
    await reported('Cleaned Away', 2);
    const before = (await answers()).length;
    k.clock.advance(1_000);
    const { conditions, count } = await previewCleanUp(k, { name: 'cleaned away' });
    const operatorId = (
      await sql<{ id: string }>`select id from identity.users where operator limit 1`.execute(k.db)
    ).rows[0]!.id;
    await cleanUp(k, { conditions, expected: count, reason: 'A machine.', operatorId });
    expect([await addresses(), (await answers()).length - before]).toEqual([0, 2]);
  });
});

describe('reports', () => {
  it('are decided with a reason and answered by mail', async () => {
    const { row, email } = await confirmed({ name: 'Rufus Reported' });
    const path = `/signed/${row.id}/report`;
    expect((await stranger.post(path, { ground: 'invented', words: 'short' })).status).toBe(422);
    const report = {
      ground: 'invented',
      words: 'Nobody of this name lives there.',
      email: 'rita@example.org',
    };
    expect((await stranger.post(path, report)).status).toBe(303);
    expect(await text(olga, `${DESK}/queue`)).toContain('Nobody of this name');
    await olga.post(`${DESK}/queue/${await waiting()}`, { outcome: 'kept', answer: 'He does.' });
    const mails = (await openMails(k, 2)).map(({ recipient }) => recipient);
    expect(mails.sort()).toEqual([email, 'rita@example.org'].sort());
    const kept = await sql<{ n: number }>`select count(*)::int as n from campaign.reviews
      where reporter_email is not null`.execute(k.db);
    expect(kept.rows[0]!.n).toBe(0);
  });
});

describe('checks', () => {
  it('say method and date, never more', async () => {
    await olga.post(DESK, { action: 'add-domain', domain: 'guild.example', organisation: 'Guild of Makers' });
    const guild = await confirmed({
      name: 'Guild of Makers',
      kind: 'organisation',
      members: 1200,
      contact: 'Gerda Contact',
      email: 'office@guild.example',
    });
    const html = await text(stranger, `/signed/${guild.row.id}`);
    expect(html).toMatch(/Mail at the official domain guild\.example, /);
    expect(html).toContain('1,200');
    expect(html).not.toContain('Gerda');
    expect(html).not.toMatch(/verified/i);

    const ada = await confirmed({
      name: 'Ada Author',
      town: 'Bremen',
      affiliation: 'Harbour Choir',
      note: 'For all.',
    });
    const entry = `http://localhost:4000/signed/${ada.row.id}`;
    expect((await olga.post(DESK, { action: 'feature', entry })).status).toBe(409);
    expect((await stranger.post(guild.own, { action: 'vouch', entry })).status).toBe(303);
    expect((await stranger.post(ada.own, { action: 'vouch', entry })).status).toBe(403);
    expect(await text(stranger, `/signed/${ada.row.id}`)).toMatch(
      /Guild of Makers, itself checked, vouches, /,
    );
    expect((await olga.post(DESK, { action: 'feature', entry })).status).toBe(303);
    expect(await text(stranger, `/signed/${ada.row.id}`)).toContain('Featured by a moderator');
    expect((await confirmed({ name: 'Adа Author' })).row.state).toBe('held');
    await stranger.post(guild.own, { action: 'withdraw' });
    expect(await text(stranger, `/signed/${ada.row.id}`)).not.toContain('vouches');
  });

  it('are taken back with a reason, by moderators any, by an organisation its own vouch', async () => {
    await olga.post(DESK, { action: 'add-domain', domain: 'union.example', organisation: 'Union' });
    const union = await confirmed({ name: 'Choral Union', kind: 'organisation', email: 'a@union.example' });
    const tess = await confirmed({ name: 'Tess Taken' });
    const entry = `http://localhost:4000/signed/${tess.row.id}`;
    const vouched = async () => (await signatureCounts(k)).checks.vouch;
    const featured = async () => (await listFeatured(k, 200)).map(({ name }) => name);
    const before = await vouched();
    await stranger.post(union.own, { action: 'vouch', entry });
    expect(await vouched()).toBe(before + 1);
    await olga.post(DESK, { action: 'feature', entry });
    expect(await featured()).toContain('Tess Taken');

    const checkOn = (html: string) => /name="check" value="([^"]+)"/.exec(html)![1]!;
    const mine = checkOn(await text(stranger, union.own));
    const back = { action: 'vouch-back', check: mine };
    expect((await stranger.post(union.own, { ...back, reason: ' ' })).status).toBe(422);
    expect((await stranger.post(tess.own, { ...back, reason: 'Not mine to take.' })).status).toBe(404);
    expect((await stranger.post(union.own, { ...back, reason: 'We mixed her up.' })).status).toBe(303);
    expect([await vouched(), await featured()]).toEqual([before, expect.not.arrayContaining(['Tess Taken'])]);
    expect((await (await stranger.get(`/signed/${tess.row.id}`)).text()).includes('Featured by')).toBe(false);
    expect(await text(stranger, `${tess.own}?lang=de`)).toContain('Der Grund: We mixed her up.');
    await text(stranger, `${tess.own}?lang=en`);
    const [mail] = (await openMails(k, 5)).filter(({ recipient }) => recipient === tess.email);
    expect(mail!.text).toContain('We mixed her up.');

    // Vouching again is the organisation's own affair; not so once a moderator has said no.
    expect((await stranger.post(union.own, { action: 'vouch', entry })).status).toBe(303);
    const path = `${DESK}/checks?entry=${encodeURIComponent(entry)}`;
    expect((await stranger.post(path, { check: mine, reason: 'x' })).status).not.toBe(200);
    const check = checkOn(await text(olga, path));
    expect((await olga.post(path, { check, reason: 'Not the same person.' })).status).toBe(303);
    expect((await olga.post(path, { check, reason: 'Again.' })).status).toBe(404);
    expect(await vouched()).toBe(before);
    expect(await text(stranger, tess.own)).toContain('The reason: Not the same person.');
    const again = await stranger.post(union.own, { action: 'vouch', entry });
    expect([again.status, (await again.text()).includes('check-taken-back')]).toEqual([409, true]);
    expect((await exportSignature(k, tess.row.id)).signatures[0]!.endedChecks).toHaveLength(2);
  });

  it('carry nobody among the featured once the last one falls', async () => {
    await olga.post(DESK, { action: 'add-domain', domain: 'opera.example', organisation: 'Opera' });
    const { row } = await confirmed({ name: 'Oona Opera', email: 'oona@opera.example' });
    const entry = `http://localhost:4000/signed/${row.id}`;
    await olga.post(DESK, { action: 'feature', entry });
    const names = async () => (await listFeatured(k, 200)).map(({ name }) => name);
    expect(await names()).toContain('Oona Opera');
    const press = (await pressNumbers(k)).kinds.featured;
    await olga.post(DESK, { action: 'remove-domain', domain: 'opera.example' });
    expect(await names()).not.toContain('Oona Opera');
    expect((await pressNumbers(k)).kinds.featured).toBe(press - 1);
  });

  it('end with the name they were about', async () => {
    await olga.post(DESK, { action: 'add-domain', domain: 'band.example', organisation: 'Band' });
    const band = await confirmed({ name: 'Big Band', kind: 'organisation', email: 'x@band.example' });
    const { row, own } = await confirmed({ name: 'Real Star', email: 'star@band.example' });
    const entry = `http://localhost:4000/signed/${row.id}`;
    await stranger.post(band.own, { action: 'vouch', entry });
    await olga.post(DESK, { action: 'feature', entry });
    const fields = { action: 'correct', craft: 'author', country: 'DE' };
    await stranger.post(own, { ...fields, name: 'STAR  Réal' });
    expect(await text(stranger, `/signed/${row.id}`)).toContain('vouches');
    await stranger.post(own, { ...fields, name: 'Other Person' });
    const html = await text(stranger, `/signed/${row.id}`);
    expect(html).not.toMatch(/vouches|Featured by/);
    // The mailbox is still where it was.
    expect(html).toContain('band.example');
    expect(await text(stranger, own)).toContain('your name changed');
    expect(await text(olga, DESK)).not.toContain('Real Star');
    expect((await listFeatured(k, 200)).map(({ id }) => id)).not.toContain(row.id);
    // Vouches given under the old name end with it, too.
    const other = await confirmed({ name: 'Vera Vouched' });
    await stranger.post(band.own, { action: 'vouch', entry: `http://localhost:4000/signed/${other.row.id}` });
    await stranger.post(band.own, { ...fields, name: 'Someone Else Ltd' });
    expect(await text(stranger, `/signed/${other.row.id}`)).not.toContain('vouches');
  });

  it('take evidence once at a time', async () => {
    const { row, own } = await confirmed({ name: 'Eva Evidence' });
    const fields = { action: 'evidence', words: 'My books are in the national library.' };
    expect((await stranger.post(own, fields)).status).toBe(303);
    expect((await stranger.post(own, fields)).status).toBe(409);
    const html = await text(olga, `${DESK}/queue`);
    const id = /queue\/([0-9a-f-]{36})(?=[\s\S]*Accept as a check)/.exec(
      html.slice(html.indexOf('Eva Evidence')),
    )![1];
    await olga.post(`${DESK}/queue/${id}`, { outcome: 'accepted', answer: 'Seen.' });
    expect(await text(stranger, `/signed/${row.id}`)).toMatch(/Evidence judged by a moderator, /);
  });

  it('find links of the page’s owner only', () => {
    const entry = 'http://localhost:4000/signed/1';
    expect(linksOf(`<a class="x" rel="me noopener" href="${entry}">`)).toEqual([entry]);
    expect(linksOf(`<link href='${entry}' rel=me>`)).toEqual([entry]);
    for (const html of [
      `<a href="${entry}">`,
      `<a rel="me ugc" href="${entry}">`,
      `<!-- <a rel="me" href="${entry}"> -->`,
      `<script>'<a rel="me" href="${entry}">'</script>`,
      `&lt;a rel="me" href="${entry}"&gt;`,
    ])
      expect([html, linksOf(html)]).toEqual([html, []]);
  });
});

describe('versions of the declaration', () => {
  it('are written by one and approved by another, and move no signature', async () => {
    const { row, own } = await confirmed({ name: 'Old Signer' });
    const saved = await olga.post(`${DESK}/versions/next`, { ...words('First try.'), edition: '0' });
    expect([saved.status, saved.headers.get('Location')]).toEqual([303, `${DESK}/versions/2`]);
    const clash = await otto.post(`${DESK}/versions/next`, { ...words('Mine.'), edition: '0' });
    expect(clash.status).toBe(409);
    expect(await clash.text()).toContain('Mine.');
    await text(olga, `${DESK}/versions/2/edit`);
    const path = `${DESK}/versions/2`;
    expect((await olga.post(path, { action: 'approve', edition: '1' })).status).toBe(409);
    await olga.post(path, { action: 'propose', edition: '1' });
    expect((await olga.post(path, { action: 'approve', edition: '1' })).status).toBe(403);
    expect((await otto.post(path, { action: 'approve', edition: '1' })).status).toBe(303);
    expect(await text(stranger, '/declaration')).toContain('Second words (en)');
    expect(await text(otto, '/declaration?lang=de')).toContain('Second words (de)');
    const before = await signatureByToken(k, own.slice(3));
    expect([before.declarationVersion, before.declarationSha256]).toEqual([1, row.declarationSha256]);
    expect(await text(stranger, own)).toContain('There is a new text: version 2');
    await stranger.post(own, { action: 'agree', version: '2' });
    expect(await text(stranger, own)).not.toContain('There is a new text');
    const sha256 = await declarationHash(await currentDeclaration(k));
    expect((await exportSignature(k, row.id)).signatures[0]).toMatchObject({
      declaration: { version: 1 },
      agreedTo: [{ version: 2, sha256 }],
    });
    const fresh = await confirmed({ name: 'New Signer', declarationVersion: 2 });
    expect(fresh.row.declarationSha256).toBe(sha256);
    await expect(signed(k, { email: mailbox() })).rejects.toMatchObject({ code: 'declaration-outdated' });
  });

  it('are signed under embargo and appear with names and count at their minute', async () => {
    await olga.post(`${DESK}/versions/next`, { ...words('Third.'), edition: '0' });
    const path = `${DESK}/versions/3`;
    const now = k.clock.now().getTime();
    const at = new Date(Math.ceil(now / 60_000) * 60_000 + 3_600_000).toISOString();
    const late = {
      action: 'propose',
      edition: '1',
      date: '2020-01-01',
      time: '09:30',
      embargo: 'yes',
      keepsOpen: 'yes',
    };
    expect((await olga.post(path, late)).status).toBe(422);
    expect((await olga.post(path, { ...late, date: at.slice(0, 10), time: at.slice(11, 16) })).status).toBe(
      303,
    );
    await otto.post(path, { action: 'approve', edition: '1' });
    const page = await text(olga, path);
    const collectKey = /sign\?collect=([\w-]+)/.exec(page)![1]!;
    expect(await text(stranger, `/sign?collect=${collectKey}`)).toContain('Third.');
    const before = await signatureCount(k);
    const { row } = await confirmed({ name: 'Early Signer', declarationVersion: 3, collectKey });
    expect([row.state, row.heldFor]).toEqual(['held', ['embargo']]);
    expect(await signatureCount(k)).toBe(before);
    expect((await listSignatories(k, { limit: 5, q: 'early' })).signatories).toEqual([]);
    await publishDeclaration(k, 3);
    expect((await currentDeclaration(k)).version).toBe(2);
    k.clock.advance(2 * 3_600_000);
    await publishDeclaration(k, 3);
    expect((await currentDeclaration(k)).version).toBe(3);
    expect(await signatureCount(k)).toBe(before + 1);
    expect((await listSignatories(k, { limit: 5, q: 'early' })).signatories).toHaveLength(1);
  });
});

describe('a campaign that has not opened', () => {
  it('shows neither words nor names before the minute', async () => {
    const bare = await createCampaign();
    const browser = openBrowser(createApp(bare));
    const at = new Date(bare.clock.now().getTime() + 3_600_000);
    await sql`insert into campaign.declarations (version, texts, state, written_by, written_at, edition, publish_at,
        embargo, collect_key, published_on, sha256, approved_by, approved_at)
      values (2, '{}', 'approved', ${bare.ids.id()}, ${at}, 1, ${at}, true, 'key', '2027-01-01', ${'0'.repeat(64)},
        ${bare.ids.id()}, ${at})`.execute(bare.db);
    for (const path of ['/', '/declaration', '/wall', '/sign'])
      expect(await (await browser.get(path)).text()).toContain('Not published yet');
    for (const path of ['/api/signatures', '/api/declaration'])
      expect((await browser.send(path)).status).toBe(404);
    await bare.close();
  });
});
