import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import {
  bounceSecret,
  inTx,
  listMails,
  type MailTransport,
  mailJob,
  openMails,
  type Router,
  startRunner,
} from '../../kernel/index.ts';
import { openBrowser } from '../../testing/browser.ts';
import { drain } from '../../testing/drain.ts';
import { signIn } from '../../testing/sign-in.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { agreeToVersion } from '../declaration/agree-to-version.ts';
import { DECLARATIONS } from '../declaration/declaration-text.ts';
import { approveDeclaration, proposeDeclaration, saveDraft } from '../declaration/edit-declaration.ts';
import {
  confirmSignature,
  correctSignature,
  eraseSignature,
  exportSignature,
  withdrawSignature,
} from '../index.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import {
  approveMailing,
  pauseMailing,
  proposeMailing,
  resumeMailing,
  saveMailing,
  stopMailing,
} from './edit-mailing.ts';
import { readGoals, setGoal, watchGoals } from './goals.ts';
import type { Audience } from './mailing.ts';
import { sendMailingJob } from './send-mailing.ts';
import { previewAudience, reportMailing } from './show-mailing.ts';

let k: TestKernel;
let app: Router;
let [renke, jule] = ['', ''];
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  [renke, jule] = [await operator('Renke'), await operator('Jule')];
});
afterAll(() => k.close());
beforeEach(async () => {
  await sql`truncate campaign.signatories, campaign.mailings, campaign.goals, kernel.mails, kernel.mail_suppressions,
    kernel.jobs cascade`.execute(k.db);
});

async function operator(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@guild.example`;
  const { id } = await inTx(k, (t) => ensureUser(t, { email, name, locale: 'en' }));
  await sql`update identity.users set operator = true where id = ${id}`.execute(k.db);
  return id;
}

const TEXTS = {
  en: { subject: 'News', body: 'First paragraph.\n\nSecond <b>one</b>.' },
  de: { subject: 'Neues', body: 'Erster Absatz.\n\nZweiter.' },
};

let people = 0;
async function person(about: Parameters<typeof signed>[1] = {}): Promise<{ id: string; email: string }> {
  const email = `reader${++people}@example.org`;
  const { signature } = await confirmSignature(k, await signed(k, { email, mailConsent: true, ...about }));
  return { id: signature.id, email: signature.email };
}

async function approved(
  about: { audience?: Audience; kind?: 'news' | 'agree-again'; startAt?: Date; perMinute?: number } = {},
): Promise<string> {
  const { audience = {}, kind = 'news', startAt = null, perMinute = 6_000 } = about;
  const id = await saveMailing(k, { edition: 0, kind, texts: TEXTS, audience, by: renke });
  await proposeMailing(k, { id, edition: 1, startAt, perMinute, by: renke });
  await approveMailing(k, { id, edition: 1, by: jule });
  return id;
}

const news = async () => (await listMails(k, 1_000)).filter(({ category }) => category === 'news');
const unread = async () => (await openMails(k, 1_000)).filter(({ category }) => category === 'news');
const tokenOf = (text: string) => /\/unsubscribe\/(\S+)/.exec(text)![1]!;

describe('a mailing', () => {
  it('goes to those who agreed to mail and count, once, in their language', async () => {
    const [ada, jonas] = [await person(), await person({ locale: 'de' })];
    await person({ mailConsent: false });
    await withdrawSignature(k, (await person()).id);
    await eraseSignature(k, (await person()).id);
    const held = await person();
    await sql`update campaign.signatories set state = 'held', held_for = '{name}' where id = ${held.id}`.execute(
      k.db,
    );
    await signed(k, { email: 'waiting@example.org', mailConsent: true });
    const id = await approved();
    await drain(k);
    const mails = await unread();
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual([ada.email, jonas.email].sort());
    const german = mails.find(({ recipient }) => recipient === jonas.email)!;
    expect([german.subject, ...german.text.split('\n').slice(0, 4)]).toEqual([
      'Neues',
      'Clearing house of the guild',
      'KI-Lizenzen für Kreative',
      '',
      'Erster Absatz.',
    ]);
    const { mailing, progress } = await reportMailing(k, id);
    expect([mailing.state, progress]).toMatchObject(['done', { written: 2, total: 2, queued: 2 }]);
    expect((await exportSignature(k, ada.id)).signatures[0]!.mailings).toMatchObject([{ mailing: id }]);
  });

  it('says the same as text and HTML, who sends it, why, and how to stop it', async () => {
    const { email } = await person();
    await approved();
    await drain(k);
    const found = await sql<{ unsubscribe_url: string }>`select unsubscribe_url from kernel.mails
      where recipient = ${email} and category = 'news'`.execute(k.db);
    const { unsubscribe_url } = found.rows[0]!;
    const { text, html } = (await unread()).find(({ recipient }) => recipient === email)!;
    for (const part of ['First paragraph.', 'allowed us to write', '/imprint', '/s/', unsubscribe_url]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(html).toContain('Second &lt;b&gt;one&lt;/b&gt;');
  });

  it('reaches by conditions whom its dry run counts', async () => {
    await person({ craft: 'poet', country: 'AT' });
    await person({ craft: 'poet', locale: 'de' });
    await person({ kind: 'organisation', name: 'Guild of Poets', members: 40, contact: 'Mira' });
    for (const [audience, count] of [
      [{}, 3],
      [{ craft: 'poet' }, 2],
      [{ craft: 'poet', locale: 'de' }, 1],
      [{ country: 'AT' }, 1],
      [{ kind: 'organisation' }, 1],
      [{ version: 1 }, 3],
      [{ version: 2 }, 0],
    ] as const) {
      const preview = await previewAudience(k, audience);
      expect([audience, preview.count, preview.sample.length]).toEqual([audience, count, count]);
      const id = await approved({ audience });
      await drain(k);
      expect((await reportMailing(k, id)).progress).toMatchObject({ written: count, total: count });
    }
  });

  it('needs words for its languages, the edition one saw, and a second person', async () => {
    const { de, ...english } = TEXTS;
    const about = { edition: 0, kind: 'news', texts: english, audience: {}, by: renke } as const;
    await expect(saveMailing(k, about)).rejects.toMatchObject({ code: 'mailing-text-missing' });
    const id = await saveMailing(k, { ...about, audience: { locale: 'en' } });
    await expect(saveMailing(k, { ...about, id, texts: TEXTS })).rejects.toMatchObject({
      code: 'mailing-edited-meanwhile',
    });
    await expect(approveMailing(k, { id, edition: 1, by: jule })).rejects.toMatchObject({
      code: 'mailing-not-proposed',
    });
    await proposeMailing(k, { id, edition: 1, startAt: null, perMinute: 60, by: renke });
    await expect(approveMailing(k, { id, edition: 1, by: renke })).rejects.toMatchObject({
      code: 'mailing-second-person',
    });
    const past = new Date(k.clock.now().getTime() - 1);
    await expect(
      proposeMailing(k, { id, edition: 1, startAt: past, perMinute: 60, by: renke }),
    ).rejects.toMatchObject({ code: 'mailing-time-wrong' });
    await approveMailing(k, { id, edition: 1, by: jule });
    await expect(saveMailing(k, { ...about, id, edition: 1 })).rejects.toMatchObject({
      code: 'mailing-fixed',
    });
    expect(de.subject).toBe('Neues');
  });

  it('waits for its time, keeps to its rate, and can be paused, go on and be stopped', async () => {
    for (let i = 0; i < 12; i += 1) await person();
    const startAt = new Date(k.clock.now().getTime() + 3_600_000);
    // Sixty a minute are five every five seconds.
    const id = await approved({ startAt, perMinute: 60 });
    await drain(k);
    expect(await news()).toHaveLength(0);
    k.clock.advance(3_600_000);
    await drain(k);
    expect(await news()).toHaveLength(5);
    await pauseMailing(k, { id, by: renke });
    k.clock.advance(60_000);
    await drain(k);
    expect(await news()).toHaveLength(5);
    await resumeMailing(k, { id, by: renke });
    await drain(k);
    expect(await news()).toHaveLength(10);
    await stopMailing(k, { id, by: renke });
    k.clock.advance(60_000);
    await drain(k);
    const { mailing, progress } = await reportMailing(k, id);
    expect([mailing.state, progress]).toMatchObject([
      'stopped',
      { written: 10, suppressed: 10, queued: 0, total: 12 },
    ]);
    await expect(resumeMailing(k, { id, by: renke })).rejects.toMatchObject({
      code: 'mailing-not-under-way',
    });
  });

  it('writes to each once, though a step dies at any point and is done again', async () => {
    for (let i = 0; i < 7; i += 1) await person();
    await approved({ perMinute: 36 });
    let deaths = 0;
    // A process that dies at the end of a step loses the whole step, and its lease runs out.
    const dying: typeof sendMailingJob = {
      ...sendMailingJob,
      handle: (kernel, job) =>
        sendMailingJob.handle(kernel, {
          ...job,
          finish: (effects) =>
            job.finish(async (t) => {
              await effects(t);
              deaths += 1;
              if (deaths % 2 === 1) throw new Error('killed');
            }),
        }),
    };
    const runner = startRunner(k, { handlers: [dying], subscribers: [], lanes: 0 });
    for (let i = 0; i < 12; i += 1) {
      await runner.drain();
      k.clock.advance(60_000);
    }
    await runner.stop();
    const recipients = (await news()).map(({ recipient }) => recipient);
    expect([recipients.length, new Set(recipients).size, deaths > 4]).toEqual([7, 7, true]);
  });

  it('asks earlier signers about a new version, those who have not agreed yet', async () => {
    const [ada, ines] = [await person(), await person()];
    const { texts } = DECLARATIONS[0]!;
    const version = await saveDraft(k, { texts, edition: 0, by: renke });
    await proposeDeclaration(k, { version, edition: 1, publishAt: null, embargo: false, by: renke });
    await approveDeclaration(k, { version, edition: 1, by: jule });
    await agreeToVersion(k, { signatoryId: ines.id, version });
    await approved({ kind: 'agree-again' });
    await drain(k);
    const mails = await unread();
    expect(mails.map(({ recipient }) => recipient)).toEqual([ada.email]);
    expect(mails[0]!.text).toContain('Read the new text, and decide');
    await sql`delete from campaign.declarations`.execute(k.db);
  });
});

describe('whoever wants no more', () => {
  it('unsubscribes by one POST, at once and everywhere, and comes back by her own consent only', async () => {
    const ada = await person();
    await approved();
    await drain(k);
    const token = tokenOf((await unread())[0]!.text);
    await approved();
    expect((await app.request(`/unsubscribe/${token}`)).status).toBe(200);
    expect((await previewAudience(k, {})).count).toBe(1);
    const answer = await app.request(`/unsubscribe/${token}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status).toBe(200);
    expect((await news()).map(({ state }) => state)).toEqual(['suppressed']);
    await drain(k);
    expect((await news()).every(({ state }) => state === 'suppressed')).toBe(true);
    expect((await previewAudience(k, {})).count).toBe(0);
    const to = { name: 'Ada Oduya', craft: 'author', country: 'DE', hideName: false } as const;
    await correctSignature(k, ada.id, { ...to, mailConsent: true });
    await approved();
    await drain(k);
    expect((await news()).map(({ state }) => state)).toContain('queued');
    await correctSignature(k, ada.id, { ...to, mailConsent: false });
    expect((await news()).map(({ state }) => state)).not.toContain('queued');
  });

  it('withdraws, and what has not left yet does not leave', async () => {
    const ada = await person();
    await approved();
    await drain(k);
    await withdrawSignature(k, ada.id);
    expect((await news()).map(({ state }) => state)).toEqual(['suppressed']);
  });
});

describe('mail that comes back', () => {
  const report = (to: string, recipient: string, status: string, messageId = '<other@example.org>') =>
    [
      `To: ${to}`,
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'It did not work.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      `Action: ${status.startsWith('5') ? 'failed' : 'delayed'}`,
      `Status: ${status}`,
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      '',
      '--b--',
    ].join('\r\n');
  const handOver = async (eml: string, secret?: string) =>
    app.request('/api/mail-bounces', {
      method: 'POST',
      headers: {
        'Content-Type': 'message/rfc822',
        Authorization: `Bearer ${secret ?? (await bounceSecret(k))}`,
      },
      body: eml,
    });

  it('for good stops all mail to the address, and the report counts it', async () => {
    const [ada, ines] = [await person(), await person()];
    const id = await approved();
    await drain(k);
    const sent: { to: string; returnPath: string | undefined }[] = [];
    const transport: MailTransport = {
      name: 'collecting',
      send: async ({ to, returnPath, messageId }) => {
        sent.push({ to: to.address, returnPath });
        return { messageId };
      },
    };
    const returning = { ...k, site: { ...k.site, mailReturns: 'returns@guild.example' } };
    const runner = startRunner(returning, { handlers: [mailJob(transport)], subscribers: [], lanes: 0 });
    await runner.drain();
    await runner.stop();
    const path = sent.findLast(({ to }) => to === ada.email)!.returnPath!;
    expect(path).toMatch(/^returns\+[0-9a-z]{37}@guild\.example$/);
    expect((await handOver(report(path, ada.email, '5.1.1'), 'wrong')).status).toBe(403);
    for (const [eml, result] of [
      ['Subject: hello\r\n\r\nno report', 'no-report'],
      [report('returns@guild.example', ada.email, '5.1.1'), 'unknown'],
      [report(path.replace(/.@/, 'x@'), ada.email, '5.1.1'), 'unknown'],
      [report(path, ada.email, '4.2.2'), 'delayed'],
      [report(path.toUpperCase(), 'elsewhere@example.net', '5.1.1'), 'recorded'],
    ] as const)
      expect(await (await handOver(eml)).json()).toEqual({ result });
    await drain(k);
    expect((await reportMailing(k, id)).progress).toMatchObject({ sent: 1, bounced: 1 });
    expect((await previewAudience(k, {})).count).toBe(1);
    await approved();
    await drain(k);
    expect((await news())[0]!.recipient).toBe(ines.email);
    expect(await news()).toHaveLength(3);
  });
});

describe('goals', () => {
  it('are milestones once the count of people passes them, and stay', async () => {
    await setGoal(k, { target: 2, by: renke });
    await setGoal(k, { target: 50, by: renke });
    const ada = await person();
    await person({ kind: 'organisation', name: 'Guild of Poets', members: 4_000 });
    expect(await watchGoals(k)).toBe(0);
    await person();
    expect(await watchGoals(k)).toBe(1);
    await expect(setGoal(k, { target: 2, by: renke })).rejects.toMatchObject({ code: 'goal-passed' });
    await withdrawSignature(k, ada.id);
    expect(await readGoals(k)).toMatchObject({ count: 1, next: 50, reached: [{ target: 2, count: 2 }] });
    const shown = (await (await app.request('/api/goals')).json()) as { next: number; reached: object[] };
    expect([shown.next, shown.reached.length]).toEqual([50, 1]);
    for (const path of ['/', '/milestones', '/?lang=de'])
      expect(await (await app.request(path, { headers: { Accept: 'text/html' } })).text()).toContain(
        'max="50"',
      );
  });
});

describe('the operator’s pages', () => {
  it('lead from the first word to the last mail', async () => {
    await person();
    const [one, two, stranger] = [openBrowser(app), openBrowser(app), openBrowser(app)];
    await signIn(k, one, renke);
    await signIn(k, two, jule);
    const start = '/operator/campaign/mailings';
    const fields = { 'en-subject': 'News', 'en-body': 'One.', 'to-locale': 'en', edition: '0', as: 'news' };
    const wrong = await one.post(`${start}/new`, { ...fields, 'to-locale': '' });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="News"')]);
    const path = (await one.post(`${start}/new`, fields)).headers.get('Location')!;
    expect(await (await one.get(path)).text()).toContain('It would reach one mailbox now');
    await one.post(path, { action: 'test', to: 'renke@guild.example' });
    expect((await openMails(k))[0]).toMatchObject({
      recipient: 'renke@guild.example',
      subject: '[Test] News',
    });
    await one.post(path, { action: 'propose', edition: '1', perMinute: '300' });
    expect((await one.post(path, { action: 'approve', edition: '1' })).status).toBe(403);
    expect((await two.post(path, { action: 'approve', edition: '1' })).status).toBe(303);
    expect((await two.get(`${path}?watch`)).headers.get('Refresh')).toBe('10');
    await drain(k);
    expect(await (await two.get(path)).text()).toContain('1 of 1 mails are written');
    for (const page of [start, path, '/operator/campaign/goals', '/operator/campaign/returns']) {
      expect([303, 401, 403]).toContain((await stranger.get(page)).status);
      for (const lang of ['en', 'de']) {
        const html = await (await two.get(`${page}?lang=${lang}`)).text();
        expect(html).not.toMatch(/\bundefined\b|\[object|\bNaN\b|style=/);
      }
    }
    expect(await (await two.get('/api/mailings')).json()).toMatchObject({
      mailings: [{ state: 'done', written: 1 }],
    });
    expect((await app.request('/api/mailings')).status).toBe(401);
  });
});
