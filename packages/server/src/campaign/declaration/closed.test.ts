import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import type { Router } from '../../kernel/index.ts';
import { openBrowser } from '../../testing/browser.ts';
import { lastLink } from '../../testing/last-link.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import {
  acceptInvitation,
  confirmSignature,
  createPartner,
  currentConsent,
  decideRoster,
  listSignatories,
  type RosterInput,
  submitRoster,
  takeRoster,
} from '../index.ts';
import { currentStatement } from '../roster/model.ts';
import { createCampaign, signature, signed } from '../testing/campaign-world.ts';
import { organisation, records } from '../testing/roster-world.ts';
import { closedUntil, currentDeclaration } from './declaration.ts';

const NOT_OPEN = expect.objectContaining({ code: 'campaign-not-open' });
const KEY = 'the-collect-key';
const FORM = {
  ...{
    name: 'Fo Rm',
    craft: 'author',
    country: 'DE',
    email: 'form@example.org',
    age: 'sixteen',
    consent: 'yes',
  },
  ...{ declarationVersion: '1', consentVersion: String(currentConsent().version) },
};

let k: TestKernel;
let app: Router;
let early: string;
let union: { partyId: string; userId: string };
let waiting: string;
let invitation: string;

/** A version that is approved and collects before it is public. */
async function embargo(of: TestKernel, keepsOpen: boolean): Promise<void> {
  const { texts } = await currentDeclaration(of);
  const [by, at] = [of.ids.id(), new Date(of.clock.now().getTime() + 86_400_000)];
  await sql`insert into campaign.declarations (version, texts, state, written_by, written_at, edition, publish_at, embargo,
      collect_key, published_on, sha256, approved_by, approved_at, keeps_open)
    values (2, ${JSON.stringify(texts)}::jsonb, 'approved', ${by}, now(), 1, ${at}, true, ${KEY}, current_date,
      repeat('a', 64), gen_random_uuid(), now(), ${keepsOpen})`.execute(of.db);
}

let files = 0;
/** A list with one person who is asked to sign herself. */
async function take(email: string, collectKey?: string): Promise<string> {
  const input: RosterInput = {
    ...{ origin: 'roster', role: 'union', userId: union.userId, locale: 'en', collectKey },
    through: { name: 'Choir Union', partyId: union.partyId },
    defaults: { basis: 'confirm' },
    file: { name: 'members.csv', sha256: String(++files).padStart(64, '0') },
  };
  return (await takeRoster(k, input, records([[`Some ${email.slice(0, 3)}`, 'author', 'DE', 'Kiel', email]])))
    .id;
}

function submit(id: string) {
  const statementVersion = currentStatement('roster').version;
  const { partyId, userId } = union;
  return submitRoster(k, { id, partyId, userId, statement: true, statementVersion, onlyGood: false });
}

beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  early = await signed(k, { email: 'early@example.org', name: 'Early Bird' });
  union = await organisation(k, 'Choir Union', 'desk@choir.example');
  const first = await take('ina@example.org');
  await submit(first);
  await decideRoster(k, { id: first, by: k.ids.id(), outcome: 'publish', answer: 'Fine.' });
  invitation = (await lastLink(k, 'ina@example.org')).slice('/i/'.length);
  waiting = await take('ola@example.org');
  await embargo(k, false);
});
afterAll(() => k.close());

describe('a campaign that collects in secret', () => {
  it('stays closed whoever signs, and whatever was signed before', async () => {
    expect(await closedUntil(k)).toBeInstanceOf(Date);
    await confirmSignature(k, early);
    expect(await closedUntil(k)).toBeInstanceOf(Date);
  });

  it('takes no sign-up without the key, or with a wrong one', async () => {
    for (const more of [{}, { collectKey: 'wrong' }, { declarationVersion: 2 }])
      await expect(signed(k, { email: 'stranger@example.org', ...more })).rejects.toEqual(NOT_OPEN);
    const answer = await app.request('/api/signatures', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...signature(), email: 'api@example.org' }),
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      404,
      'campaign-not-open',
    ]);
  });

  it('says so on the form and shows no text, with a wrong key too', async () => {
    const browser = openBrowser(app);
    for (const lang of ['en', 'de']) {
      const title = lang === 'en' ? 'Not published yet' : 'Noch nicht veröffentlicht';
      const posted = await browser.post(`/sign?lang=${lang}`, FORM);
      expect(posted.status).toBe(404);
      const html = await posted.text();
      expect(html).toContain(title);
      expect(html).toContain('campaign-not-open');
      expect(await (await browser.get(`/sign?collect=wrong&lang=${lang}`)).text()).toContain(title);
    }
  });

  it('says so in a partner’s frame', async () => {
    const line = 'The radio may write to me.';
    await createPartner(k, {
      ...{ name: 'Radio Nord', source: 'radio', hosts: 'radio.example' },
      ...{ consentEn: line, consentDe: line, by: k.ids.id() },
    });
    const answer = await openBrowser(app).post('/widget/radio?lang=en', FORM);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('campaign-not-open');
  });

  it('takes no list and no invitation of a text that is not the coming one', async () => {
    await expect(take('una@example.org')).rejects.toEqual(NOT_OPEN);
    await take('una@example.org', KEY);
    await expect(submit(waiting)).rejects.toEqual(NOT_OPEN);
    const consentVersion = currentConsent().version;
    await expect(
      acceptInvitation(k, invitation, { ...signature(), consentVersion, locale: 'en' }),
    ).rejects.toEqual(NOT_OPEN);
  });

  it('takes who has the key', async () => {
    const token = await signed(k, { email: 'guest@example.org', collectKey: KEY, declarationVersion: 2 });
    expect((await confirmSignature(k, token)).signature.heldFor).toEqual(['embargo']);
    expect(await (await openBrowser(app).get(`/sign?collect=${KEY}`)).text()).not.toContain('Not published');
  });
});

describe('a campaign that stays open meanwhile', () => {
  it('shows and takes the text in force', async () => {
    const open = await createCampaign();
    await embargo(open, true);
    expect(await closedUntil(open)).toBeUndefined();
    await confirmSignature(open, await signed(open, { name: 'Open Door' }));
    expect((await listSignatories(open, { limit: 5 })).count).toBe(1);
    await open.close();
  });
});
