import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { enqueue, inTx, openMails, type Router } from '../../kernel/index.ts';
import { drain } from '../../testing/drain.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { findProof, sequence } from '../../transparency/index.ts';
import {
  acceptHeldOfDomain,
  cleanUp,
  closeAlarm,
  confirmSignature,
  correctSignature,
  decideRoster,
  eraseSignature,
  forgetOld,
  listAlarms,
  listHeldDomains,
  listSignatories,
  previewCleanUp,
  recordedCounts,
  ruleMailDomain,
  signatureByToken,
  signatureCount,
  signDeclaration,
  submitRoster,
  takeRoster,
  undoCleanUp,
  watchTrend,
  withdrawSignature,
} from '../index.ts';
import { createCampaign, dumpRows, mailsTo, signature, signed, tokenIn } from '../testing/campaign-world.ts';
import { organisation, records } from '../testing/roster-world.ts';
import { recordCountJob } from '../wall/record-count.ts';
import { networkHash } from './network-hash.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const code = (expected: string) => expect.objectContaining({ code: expected });

let k: TestKernel;
let app: Router;
let operatorId: string;
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  const operator = await inTx(k, (t) => ensureUser(t, { email: 'op@example.org', name: 'Op', locale: 'en' }));
  operatorId = operator.id;
  await sql`update identity.users set operator = true where id = ${operatorId}`.execute(k.db);
});
afterAll(() => k.close());

let people = 0;
const mailbox = (domain = 'example.org') => `flood${++people}@${domain}`;

async function confirmed(about: Parameters<typeof signature>[0] = {}) {
  const email = about.email ?? mailbox();
  const token = await signed(k, { ...about, email });
  const { signature: made } = await confirmSignature(k, token);
  return { ...made, token };
}

/** Confirmed sign-ups as a machine makes them, in one statement. */
async function seed(about: { count: number; network: string; domain?: string; at?: Date; name?: string }) {
  const { count, network, domain = `bot${++people}.example`, at = k.clock.now(), name = 'bot' } = about;
  const hash = (await networkHash(k, network))!;
  await sql`insert into campaign.signatories (id, state, name, name_folded, hidden, craft, country, email, mailbox_key,
      locale, age, declaration_version, declaration_sha256, consent_version, consented_at, created_at, mailed_at,
      confirmed_at, network_hash)
    select gen_random_uuid(), 'confirmed', ${name} || ' ' || i, lower(${name}) || ' ' || i, false, 'author', 'DE',
      i || '@' || ${domain}::text, i || '@' || ${domain}::text, 'en', 'sixteen', 1, repeat('a', 64), 1, ${at}::timestamptz,
      ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${hash}
    from generate_series(1, ${count}::int) i`.execute(k.db);
  return { hash, domain };
}

describe('throw-away mail', () => {
  it('is held, not refused: it counts nowhere until somebody lets it', async () => {
    const before = await signatureCount(k);
    const email = mailbox('mailinator.com');
    const held = await confirmed({ email, name: 'Throw Away' });
    expect([held.state, held.heldFor]).toEqual(['held', ['mail-domain']]);
    expect(await signatureCount(k)).toBe(before);
    expect((await listSignatories(k, { limit: 10, q: 'throw away' })).signatories).toEqual([]);
    await expect(confirmSignature(k, held.token)).rejects.toEqual(code('signature-held'));
    expect(await listHeldDomains(k)).toMatchObject([
      { domain: 'mailinator.com', count: 1, names: ['Throw Away'] },
    ]);

    k.clock.advance(1_000);
    expect(await acceptHeldOfDomain(k, 'mailinator.com', operatorId)).toBe(1);
    expect(await signatureCount(k)).toBe(before + 1);
    expect((await openMails(k, 1))[0]).toMatchObject({
      recipient: email,
      subject: 'Your signature counts now',
    });
  });

  it('says so on the page and in the API, in both languages', async () => {
    for (const [lang, words] of [
      ['en', 'Somebody looks at your signature'],
      ['de', 'Jemand sieht Ihre Unterschrift an'],
    ]) {
      const token = await signed(k, { email: mailbox('yopmail.com') });
      const page = await app.request(`/c/${token}?lang=${lang}`, {
        method: 'POST',
        headers: { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: '',
      });
      const html = await page.text();
      expect([page.status, html.includes(words!)]).toEqual([200, true]);
      expect(html).not.toMatch(/Your name is on the wall|Ihr Name steht jetzt an der Wand/);
    }
    const token = await signed(k, { email: mailbox('yopmail.com') });
    const answer = await app.request('/api/signatures/confirmation', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(await answer.json()).toMatchObject({ state: 'held' });
  });

  it('is what the operator says it is, for domains below too', async () => {
    const rule = (domain: string, ruling: 'held' | 'accepted') =>
      ruleMailDomain(k, { domain, ruling, reason: 'looked at it', operatorId });
    await rule('yopmail.com', 'accepted');
    await rule('fresh-trash.example', 'held');
    expect((await confirmed({ email: mailbox('yopmail.com') })).state).toBe('confirmed');
    expect((await confirmed({ email: mailbox('mx.fresh-trash.example') })).state).toBe('held');
    await rule('good.fresh-trash.example', 'accepted');
    expect((await confirmed({ email: mailbox('good.fresh-trash.example') })).state).toBe('confirmed');
  });

  it('can be withdrawn and erased while it waits', async () => {
    const one = await confirmed({ email: mailbox('mailinator.com') });
    await withdrawSignature(k, one.id);
    const two = await confirmed({ email: mailbox('mailinator.com') });
    await eraseSignature(k, two.id);
    expect((await listHeldDomains(k)).map(({ domain }) => domain)).not.toContain('mailinator.com');
  });
});

describe('networks', () => {
  it('are kept as a keyed hash for 90 days and nowhere else', async () => {
    const email = mailbox();
    await signDeclaration(k, signature({ email }), '198.51.100.0/24');
    const row = await sql<{ network_hash: string }>`select network_hash from campaign.signatories
      where email = ${email}`.execute(k.db);
    expect(row.rows[0]!.network_hash).toBe(await networkHash(k, '198.51.100.0/24'));
    expect((await dumpRows(k, ['campaign', 'kernel'])).includes('198.51.100')).toBe(false);
    const manage = await tokenIn(k, 's', email);
    await confirmSignature(k, await tokenIn(k, 'c', email));
    k.clock.advance(91 * DAY);
    await forgetOld(k);
    expect(await signatureByToken(k, manage)).toMatchObject({ networkHash: null, state: 'confirmed' });
  });
});

describe('the alarm', () => {
  it('is raised once for what is unusual, told by mail, and again after it was closed', async () => {
    k.clock.advance(DAY);
    expect(await watchTrend(k)).toEqual([]);
    const { hash } = await seed({ count: 50, network: '192.0.2.0/24', domain: 'crowd.example' });
    const raised = await watchTrend(k);
    expect(raised).toMatchObject([{ kind: 'network', key: hash, peak: 50, minutes: 10 }]);
    const mail = (await openMails(k, 10)).find(({ recipient }) => recipient === 'op@example.org')!;
    expect(mail.subject).toBe('More signatures than usual');
    expect(mail.text).toContain(hash.slice(0, 12));
    k.clock.advance(MINUTE);
    expect(await watchTrend(k)).toEqual([]);
    const [open] = await listAlarms(k);
    expect(open!.lastSeenAt).toEqual(k.clock.now());
    expect(await closeAlarm(k, open!.id, operatorId)).toBe(true);
    expect(await closeAlarm(k, open!.id, operatorId)).toBe(false);
    expect(await watchTrend(k)).toHaveLength(1);
    k.clock.advance(20 * MINUTE);
    expect(await watchTrend(k)).toEqual([]);
  });

  it('is not raised for what is usual', async () => {
    const busy = await createCampaign();
    const at = (minutes: number) => new Date(busy.clock.now().getTime() - minutes * MINUTE);
    const hash = (await networkHash(busy, '203.0.113.0/24'))!;
    await sql`insert into campaign.signatories (id, state, name, name_folded, hidden, craft, country, email, mailbox_key,
        locale, age, declaration_version, declaration_sha256, consent_version, consented_at, created_at, mailed_at, network_hash)
      select gen_random_uuid(), 'pending', 'n', 'n', false, 'author', 'DE', i || '@busy.example', i || '@busy.example', 'en',
        'sixteen', 1, repeat('a', 64), 1, at, at, at, ${hash}
      from (select i, ${at(0)}::timestamptz - i * interval '10 seconds' as at from generate_series(0, 5000) i) made`.execute(
      busy.db,
    );
    expect(await watchTrend(busy)).toEqual([]);
    await busy.close();
  });

  it('hears of those who were asked to come back', async () => {
    const flood = await createCampaign();
    let refused = 0;
    for (let i = 0; i < 200; i++)
      await signDeclaration(flood, signature({ email: `r${i}@r${i}.example` }), '192.0.2.0/24').catch(() => {
        refused += 1;
      });
    expect(refused).toBe(175);
    expect(await watchTrend(flood)).toMatchObject([
      { kind: 'refused', key: await networkHash(flood, '192.0.2.0/24'), peak: 175 },
    ]);
    await flood.close();
  });
});

describe('people signed for by somebody', () => {
  it('are seen by the alarm, and can be taken out and put back', async () => {
    const busy = await createCampaign();
    const by = (await inTx(busy, (t) => ensureUser(t, { email: 'op@example.org', name: 'Op', locale: 'en' })))
      .id;
    const guild = await organisation(busy, 'Busy Guild', 'desk@busy.example');
    const rows = Array.from({ length: 120 }, (_, i) => [`Listed Number${i}`, 'poet', 'DE', '', '']);
    const shared = ['One', 'Two'].map((name) => [`Band ${name}`, 'singer', 'DE', '', 'band@example.org']);
    const { id } = await takeRoster(
      busy,
      {
        origin: 'roster',
        role: 'guild',
        through: { name: 'Busy Guild', partyId: guild.partyId },
        userId: guild.userId,
        locale: 'en',
        defaults: { basis: 'authority', authority: 'contract', on: '2026-01-31', reference: '12' },
        file: { name: 'a.csv', sha256: 'a'.repeat(64) },
      },
      records([...rows, ...shared]),
    );
    const own = { id, partyId: guild.partyId, userId: guild.userId };
    await submitRoster(busy, { ...own, statement: true, statementVersion: 1, onlyGood: false });
    await decideRoster(busy, { id, by, outcome: 'publish', answer: 'Seen.' });
    expect(await signatureCount(busy)).toBe(122);
    expect(await watchTrend(busy)).toMatchObject([{ kind: 'through', key: 'Busy Guild', peak: 122 }]);

    busy.clock.advance(1_000);
    const { conditions, count, sample } = await previewCleanUp(busy, { through: 'Busy Guild' });
    expect([count, sample[0]!.through]).toEqual([122, 'Busy Guild']);
    const done = await cleanUp(busy, { conditions, expected: 122, reason: 'invented', operatorId: by });
    expect(await signatureCount(busy)).toBe(0);
    await confirmSignature(busy, await signed(busy, { email: 'solo@example.org', name: 'Listed Number3' }));
    expect(await undoCleanUp(busy, { id: done.id, reason: 'they are real', operatorId: by })).toBe(122);
    expect(await signatureCount(busy)).toBe(123);
    await busy.close();
  });
});

describe('a clean-up', () => {
  it('shows, takes out exactly what it showed, and puts it back', async () => {
    const honest = await confirmed({ name: 'Honest Person' });
    const before = await signatureCount(k);
    const { hash, domain } = await seed({ count: 1_000, network: '100.64.0.0/24', name: 'Machine' });
    const pending = await signed(k, { email: mailbox(domain) });
    expect(await signatureCount(k)).toBe(before + 1_000);

    k.clock.advance(1_000);
    const preview = await previewCleanUp(k, { domain });
    expect(preview).toMatchObject({ count: 1_001, byState: { confirmed: 1_000, pending: 1, held: 0 } });
    expect(preview.sample).toHaveLength(25);
    expect(await previewCleanUp(k, { network: hash })).toMatchObject({ count: 1_000 });
    expect(await previewCleanUp(k, { name: 'máchine 99?' })).toMatchObject({ count: 10 });
    expect(await previewCleanUp(k, { name: '*CHINE*', craft: 'author', country: 'DE' })).toMatchObject({
      count: 1_000,
    });
    expect(await previewCleanUp(k, { name: 'machine%', network: hash })).toMatchObject({ count: 0 });
    expect(await signatureCount(k)).toBe(before + 1_000);

    const { conditions } = preview;
    const about = { conditions, reason: 'one machine', operatorId };
    await expect(cleanUp(k, { ...about, expected: 1_000 })).rejects.toEqual(code('clean-up-changed'));
    expect(await signatureCount(k)).toBe(before + 1_000);
    // What signs after the look is not in it.
    const late = await confirmed({ email: mailbox(domain), name: 'Late Comer' });
    const { id, taken } = await cleanUp(k, { ...about, expected: 1_001 });
    expect(taken).toBe(1_001);
    expect(await signatureCount(k)).toBe(before + 1);
    expect((await listSignatories(k, { limit: 10, q: 'machine' })).signatories).toEqual([]);
    expect((await listSignatories(k, { limit: 10, q: 'honest person' })).signatories).toHaveLength(1);
    await expect(confirmSignature(k, pending)).rejects.toEqual(code('signature-invalidated'));

    // Somebody real among them has signed again, another has everything erased.
    k.clock.advance(DAY);
    await confirmed({ email: `7@${domain}`, name: 'Seven Again' });
    const nine = await sql<{
      id: string;
    }>`select id from campaign.signatories where mailbox_key = ${`9@${domain}`}`.execute(k.db);
    const shown = {
      name: 'X Y',
      craft: 'author',
      country: 'DE',
      hideName: false,
      mailConsent: false,
    } as const;
    await expect(correctSignature(k, nine.rows[0]!.id, shown)).rejects.toEqual(code('signature-invalidated'));
    await eraseSignature(k, nine.rows[0]!.id);
    expect(await undoCleanUp(k, { id, reason: 'a choir', operatorId })).toBe(999);
    expect(await signatureCount(k)).toBe(before + 1 + 1 + 998);
    await expect(undoCleanUp(k, { id, reason: 'twice', operatorId })).rejects.toEqual(
      code('clean-up-undone'),
    );
    expect((await confirmSignature(k, pending)).signature.state).toBe('confirmed');
    await withdrawSignature(k, late.id);
    await withdrawSignature(k, honest.id);
  });

  it('refuses conditions that would take out people at random, and patterns that take for ever', async () => {
    for (const conditions of [{}, { country: 'DE' }, { craft: 'author' as const }, { name: '* ?' }])
      await expect(previewCleanUp(k, conditions)).rejects.toEqual(code('clean-up-too-wide'));
    await expect(previewCleanUp(k, { name: '*a*b*c*d*e' })).rejects.toEqual(code('clean-up-pattern'));
    const unknown = { id: '00000000-0000-4000-8000-000000000000', reason: 'x', operatorId };
    await expect(undoCleanUp(k, unknown)).rejects.toEqual(code('clean-up-unknown'));
  });

  it('is forgotten with its rows after a year', async () => {
    const { domain } = await seed({ count: 3, network: '100.65.0.0/24' });
    k.clock.advance(1_000);
    const { conditions } = await previewCleanUp(k, { domain });
    await cleanUp(k, { conditions, expected: 3, reason: 'machine', operatorId });
    const rows = () =>
      sql<{ n: number }>`select count(*)::int as n from campaign.signatories
      where split_part(mailbox_key, '@', 2) = ${domain}`.execute(k.db);
    await forgetOld(k);
    expect((await rows()).rows[0]!.n).toBe(3);
    k.clock.advance(366 * DAY);
    await forgetOld(k);
    expect((await rows()).rows[0]!.n).toBe(0);
  });
});

describe('the count of the day', () => {
  it('is in the public log once, with nothing about anybody', async () => {
    const day = async () => {
      const { kind, everyMs = 0 } = recordCountJob;
      expect(everyMs).toBe(DAY);
      const dedupKey = `slot:${Math.floor(k.clock.now().getTime() / everyMs)}`;
      await enqueue(k, { kind, dedupKey });
      await drain(k);
    };
    await day();
    k.clock.advance(DAY);
    await day();
    await day();
    await sequence(k);
    const counts = await recordedCounts(k);
    expect(counts).toHaveLength(2);
    const [latest] = counts;
    expect(latest).toMatchObject({
      type: 'signature-count',
      record: { at: k.clock.now().toISOString(), confirmed: await signatureCount(k) },
    });
    expect(Object.keys(latest!.record as object).sort()).toEqual([
      'at',
      'confirmed',
      'hidden',
      'instance',
      'organisations',
    ]);
    expect((await findProof(k, latest!.id))?.checkpoint).toBeDefined();
  });
});

describe('a signature taken back', () => {
  it.each(['withdraw', 'erase'] as const)('is gone everywhere at once: %s', async (how) => {
    const name = `Gone by ${how}`;
    const one = await confirmed({ name });
    const paths = [`/wall?q=gone+by+${how}`, `/api/signatures?q=gone+by+${how}`];
    const counted = ['/', '/wall', '/api/signatures', '/numbers', '/numbers.csv'];
    const read = async (path: string) => {
      const response = await app.request(path, { headers: { Accept: '*/*', 'Accept-Language': 'en' } });
      expect([path, response.status]).toEqual([path, 200]);
      // Nothing may keep it longer than we do.
      if (!path.startsWith('/api/')) expect(response.headers.get('Cache-Control')).toBe('no-store');
      return response.text();
    };
    const count = await signatureCount(k);
    for (const path of paths) expect(await read(path)).toContain(name);
    for (const path of counted) expect(await read(path)).toMatch(number(count));
    const manage = await tokenIn(k, 's', one.email);
    await (how === 'erase' ? eraseSignature : withdrawSignature)(k, one.id);
    for (const path of paths) expect(await read(path)).not.toContain(name);
    for (const path of counted) {
      const text = await read(path);
      expect(text).toMatch(number(count - 1));
      expect(text).not.toContain(`${count} people`);
    }
    const exported = await app.request(`/s/${manage}/export`);
    expect(exported.status).toBe(how === 'erase' ? 404 : 200);
    if (how === 'erase') expect((await dumpRows(k, ['campaign', 'kernel'])).includes(name)).toBe(false);
    expect(await mailsTo(k, one.email)).toBe(how === 'erase' ? 0 : 1);
  });
});

const number = (value: number) => new RegExp(`\\b${value}\\b|\\b${value.toLocaleString('en-GB')}\\b`);
