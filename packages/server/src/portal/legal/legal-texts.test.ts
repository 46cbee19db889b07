import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { RETENTION } from '../../campaign/index.ts';
import { listActivity } from '../../identity/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { setUp } from '../../testing/offer-terms.ts';
import { person } from '../../testing/register-works.ts';
import { signIn } from '../../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { LEGAL_KEYS } from './legal-keys.ts';
import { SHIPPED_DE } from './shipped-texts-de.ts';
import { SHIPPED_EN } from './shipped-texts-en.ts';

const DAY = 86_400_000;
let k: TestKernel;
let stranger: Browser;
let operator: Browser;
let second: Browser;
beforeAll(async () => {
  k = await createTestKernel({ now: '2026-11-22T12:00:00Z' });
  await setUp(k);
  const app = createApp(k);
  stranger = openBrowser(app);
  [operator, second] = [openBrowser(app), openBrowser(app)];
  for (const [browser, name] of [
    [operator, 'Olga'],
    [second, 'Paul'],
  ] as const) {
    const { user } = await person(k, name);
    await sql`update identity.users set operator = true where id = ${user.id}`.execute(k.db);
    await signIn(k, browser, user.id);
  }
});
afterAll(() => k.close());

const textOf = async (path: string, who = stranger) => (await who.get(path)).text();
// biome-ignore lint/suspicious/noExplicitAny: a document of the interface, compared below.
const list = async (): Promise<any> => (await stranger.send('/api/legal-texts')).json();

describe('the texts the software comes with', () => {
  it('have the same sections and gaps in both languages, and name the operator', () => {
    const about = {
      instance: 'I',
      operator: 'O',
      imprint: 'P',
      complaints: 'C',
      notice: 'N',
      kept: RETENTION,
    };
    for (const key of LEGAL_KEYS) {
      const [en, de] = [SHIPPED_EN[key](about), SHIPPED_DE[key](about)];
      for (const mark of [/^# /gm, /^- /gm, /\[[^\]]+\]/g, /\n\n/g])
        expect([key, mark.source, (en.match(mark) ?? []).length]).toEqual([
          key,
          mark.source,
          (de.match(mark) ?? []).length,
        ]);
      expect(en).toMatch(/\bO\b/);
    }
  });

  it('say how long things are kept as the code does', async () => {
    const names = Object.keys(RETENTION) as (keyof typeof RETENTION)[];
    const kept = Object.fromEntries(names.map((name, i) => [name, 1_000 + i])) as typeof RETENTION;
    const about = { instance: 'I', operator: 'O', imprint: 'P', complaints: 'C', notice: 'N', kept };
    for (const text of [SHIPPED_EN.privacy(about), SHIPPED_DE.privacy(about)])
      for (const name of names) expect(text, name).toContain(String(kept[name]));
    expect(RETENTION).toEqual({
      ...{ pendingDays: 30, withdrawnYears: 3, suppressionYears: 3, invalidatedYears: 1 },
      ...{ networkDays: 90, listDays: 30 },
    });
    expect(await textOf('/privacy?lang=en')).toContain('stays for 3 years as proof');
    expect(await textOf('/privacy?lang=de')).toContain('Hash des Netzes, nie die Adresse, 90 Tage');
    await textOf('/privacy?lang=en');
  });

  it('are shown on their pages, marked as not yet the operator’s, and linked from every page', async () => {
    for (const key of LEGAL_KEYS) {
      const page = await textOf(`/${key}`);
      expect(page).toContain('the text the software comes with');
      expect(await textOf('/sign-in')).toContain(`href="/${key}"`);
    }
    expect((await list()).texts.map(({ inForce }: { inForce: unknown }) => inForce)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await textOf('/operator', operator)).toContain('4 of 4 still as shipped');
  });
});

describe('the operator’s own text', () => {
  const bodies = (word: string) => ({
    en: `# Data\n\nWe keep ${word}.\n\n- <b>one</b>`,
    de: `# Daten\n\n${word}.`,
  });
  const write = async (word: string, revision = 0, who = operator) =>
    who.post('/operator/legal/privacy', { ...bodies(word), revision: String(revision) });

  it('is written, looked at and published; only then others see it', async () => {
    expect((await stranger.get('/operator/legal')).status).toBe(303);
    expect(await textOf('/operator/legal/privacy', operator)).toContain('in square brackets');
    expect((await write('little')).headers.get('Location')).toBe('/operator/legal/privacy/preview');
    const preview = await textOf('/operator/legal/privacy/preview', operator);
    expect(preview).toContain('<li>&lt;b&gt;one&lt;/b&gt;</li>');
    expect(await textOf('/privacy')).not.toContain('We keep little.');
    const done = await operator.post('/operator/legal/privacy/publish', { revision: '1', date: '' });
    expect(done.headers.get('Location')).toBe('/operator/legal?published=1');
    const page = await textOf('/privacy');
    expect(page).toContain('We keep little.');
    expect(page).not.toContain('the text the software comes with');
    const hash = createHash('sha256').update(bodies('little').en).digest('hex');
    expect(page).toContain(hash);
    const { texts } = await list();
    expect(texts[1]).toMatchObject({ key: 'privacy', inForce: 1, versions: [{ sha256: { en: hash } }] });
    const one = await (await stranger.send('/api/legal-texts/privacy/1')).json();
    expect(one).toMatchObject({ text: bodies('little'), appliesFrom: '2026-11-22T12:00:00.000Z' });
    const trail = await listActivity(k, { subject: 'text:privacy', limit: 5 });
    expect(trail).toMatchObject([{ action: 'text.published', detail: { version: 1, en: hash } }]);
  });

  it('applies from the day that is named, in the zone of the books; the one before stays readable', async () => {
    await write('less');
    await operator.post('/operator/legal/privacy/publish', { revision: '1', date: '2026-12-01' });
    expect(await textOf('/privacy')).toContain('We keep little.');
    expect(await textOf('/privacy')).toContain('Version 2 will apply from 1 December 2026.');
    expect((await (await stranger.send('/api/legal-texts/privacy/2')).json()).appliesFrom).toBe(
      '2026-11-30T23:00:00.000Z',
    );
    k.clock.advance(9 * DAY);
    expect(await textOf('/privacy')).toContain('We keep less.');
    const old = await textOf('/legal-texts/privacy/1');
    expect(old).toContain('We keep little.');
    expect(old).toContain('This is version 1. Another one applies now.');
    expect(await (await stranger.get('/privacy?lang=de')).text()).toContain('less.');
    expect((await stranger.get('/legal-texts/privacy/3')).status).toBe(404);
    expect((await stranger.get('/legal-texts/secrets/1')).status).toBe(404);
  });

  it('is not overwritten by a second editor, and not published as somebody else left it', async () => {
    await signIn(k, operator, (await person(k, 'Olga')).user.id);
    await signIn(k, second, (await person(k, 'Paul')).user.id);
    await write('mine');
    const late = await write('theirs', 0, second);
    expect([late.status, await late.text()]).toEqual([409, expect.stringMatching(/theirs[\s\S]*mine/)]);
    await write('theirs', 1, second);
    const publish = await operator.post('/operator/legal/privacy/publish', { revision: '1' });
    expect(publish.status).toBe(409);
    expect((await operator.post('/operator/legal/privacy/drop')).status).toBe(303);
    const gone = await operator.post('/operator/legal/privacy/publish', { revision: '2' });
    expect([gone.status, gone.headers.get('Location')]).toEqual([303, '/operator/legal/privacy']);
    const empty = await operator.post('/operator/legal/privacy', { en: ' ', de: 'x', revision: '0' });
    expect(empty.status).toBe(422);
  });

  it('never changes once published', async () => {
    await expect(sql`update kernel.text_versions set en = 'other'`.execute(k.db)).rejects.toThrow(
      'never changes',
    );
    await expect(sql`delete from kernel.text_versions`.execute(k.db)).rejects.toThrow('never changes');
  });
});
