import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureUser, findUserByEmail } from '../../identity/index.ts';
import { listMails, queueMail } from '../../kernel/index.ts';
import { assurancesOf, partyOfUser } from '../../parties/index.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import {
  becomeUser,
  campaignNumbers,
  cleanUp,
  confirmSignature,
  correctSignature,
  eraseSignature,
  exportSignature,
  forgetOld,
  listSignatories,
  previewCleanUp,
  readConfirmation,
  signatureByToken,
  signatureCount,
  signatureOfUser,
  signDeclaration,
  withdrawSignature,
} from '../index.ts';
import { createCampaign, dumpRows, mailsTo, signature, signed, tokenIn } from '../testing/campaign-world.ts';

const DAY = 86_400_000;
const code = (expected: string) => expect.objectContaining({ code: expected });

let k: TestKernel;
beforeAll(async () => {
  k = await createCampaign();
});
afterAll(() => k.close());

let people = 0;
const mailbox = () => `person${++people}@example.org`;

/** Signs, confirms, and answers all one needs to go on. */
async function confirmed(about: Parameters<typeof signature>[0] = {}) {
  const email = about.email ?? mailbox();
  const token = await signed(k, { ...about, email });
  const { signature: made, accountToken } = await confirmSignature(k, token);
  return { email, token, accountToken, id: made.id };
}

describe('sign and confirm', () => {
  it('counts nothing before the confirmation and exactly one after it', async () => {
    const before = await signatureCount(k);
    const token = await signed(k, { email: mailbox() });
    await readConfirmation(k, token);
    expect(await signatureCount(k)).toBe(before);
    await confirmSignature(k, token);
    expect(await signatureCount(k)).toBe(before + 1);
    await expect(confirmSignature(k, token)).rejects.toEqual(code('confirmation-used'));
    expect(await signatureCount(k)).toBe(before + 1);
  });

  it('counts one of twenty confirmations of one link at the same moment', async () => {
    const before = await signatureCount(k);
    const token = await signed(k, { email: mailbox() });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => confirmSignature(k, token)));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toEqual(code('confirmation-used'));
    expect(await signatureCount(k)).toBe(before + 1);
  });

  it('counts twenty different people at the same moment', async () => {
    const before = await signatureCount(k);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => signed(k, { email: mailbox() })));
    await Promise.all(tokens.map((token) => confirmSignature(k, token)));
    expect(await signatureCount(k)).toBe(before + 20);
  });

  it('makes one row and one mail of twenty sign-ups of one mailbox at the same moment', async () => {
    const email = mailbox();
    await Promise.all(Array.from({ length: 20 }, () => signDeclaration(k, signature({ email }))));
    expect(await mailsTo(k, email)).toBe(1);
  });

  it('confirms at the same moment as the same mailbox signs again, withdraws and erases', async () => {
    for (let i = 0; i < 5; i++) {
      const email = mailbox();
      const token = await signed(k, { email });
      const { id } = await readConfirmation(k, token);
      k.clock.advance(DAY);
      const results = await Promise.allSettled([
        confirmSignature(k, token),
        signDeclaration(k, signature({ email })),
        withdrawSignature(k, id),
        eraseSignature(k, id),
      ]);
      const reasons = results.flatMap((r) => (r.status === 'rejected' ? [r.reason.code] : []));
      for (const reason of reasons) expect(reason).toMatch(/^(confirmation|signature)-/);
    }
  });

  it('keeps both consents with version, language and time', async () => {
    const { id } = await confirmed({ mailConsent: true, locale: 'de' });
    const { signatures } = await exportSignature(k, id);
    expect(signatures[0]).toMatchObject({
      state: 'confirmed',
      declaration: { version: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      consent: { version: 2, text: expect.stringContaining('Ich unterzeichne'), at: k.clock.now() },
      mailConsent: { version: 2, text: expect.stringContaining('Sie dürfen') },
    });
    const { id: silent } = await confirmed();
    expect((await exportSignature(k, silent)).signatures[0]!.mailConsent).toBeNull();
  });

  it('refuses a text that is not the one in force', async () => {
    await expect(signDeclaration(k, signature({ declarationVersion: 0 }))).rejects.toEqual(
      code('declaration-outdated'),
    );
    await expect(signDeclaration(k, signature({ consentVersion: 1 }))).rejects.toEqual(
      code('declaration-outdated'),
    );
  });

  it('refuses to sign where nobody said who runs it', async () => {
    const bare = await createTestKernel();
    await expect(signDeclaration(bare, signature())).rejects.toEqual(code('instance-not-set-up'));
    await bare.close();
  });
});

describe('links', () => {
  it('expire after seven days; signing again sends a new one', async () => {
    const email = mailbox();
    const token = await signed(k, { email });
    k.clock.advance(7 * DAY);
    await expect(confirmSignature(k, token)).rejects.toEqual(code('confirmation-expired'));
    const next = await signed(k, { email, name: 'Ada O.' });
    expect(next).not.toBe(token);
    await expect(confirmSignature(k, token)).rejects.toEqual(code('confirmation-superseded'));
    expect((await confirmSignature(k, next)).signature.name).toBe('Ada O.');
  });

  it('are unknown when they are not ours', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), '../..'])
      await expect(confirmSignature(k, token)).rejects.toEqual(code('confirmation-unknown'));
    for (const token of ['', 'x', 'A'.repeat(64), `${'A'.repeat(63)}=`])
      await expect(signatureByToken(k, token)).rejects.toEqual(code('signature-link-unknown'));
  });

  it('do not revive a signature withdrawn or erased', async () => {
    const { id, token, email } = await confirmed();
    const before = await signatureCount(k);
    await withdrawSignature(k, id);
    await withdrawSignature(k, id);
    expect(await signatureCount(k)).toBe(before - 1);
    await expect(confirmSignature(k, token)).rejects.toEqual(code('confirmation-superseded'));
    k.clock.advance(DAY);
    const again = await signed(k, { email });
    await confirmSignature(k, again);
    expect(await signatureCount(k)).toBe(before);
    const live = await signatureByToken(k, await tokenIn(k, 's', email));
    await eraseSignature(k, live.id);
    for (const old of [token, again])
      await expect(confirmSignature(k, old)).rejects.toEqual(code('confirmation-unknown'));
    expect(await signatureCount(k)).toBe(before - 1);
  });

  it('withdrawn before it was confirmed: its link is over', async () => {
    const token = await signed(k, { email: mailbox() });
    await withdrawSignature(k, (await readConfirmation(k, token)).id);
    await expect(readConfirmation(k, token)).rejects.toEqual(code('confirmation-superseded'));
  });
});

describe('one mailbox', () => {
  it('is one in all its spellings', async () => {
    const before = await signatureCount(k);
    await confirmed({ email: 'Grace.Hopper@Example.ORG' });
    for (const email of [
      'grace.hopper@example.org',
      ' GRACE.HOPPER+news@example.org ',
      'grace.hopper+@example.org',
    ]) {
      k.clock.advance(DAY);
      await signDeclaration(k, signature({ email }));
    }
    expect(await signatureCount(k)).toBe(before + 1);
    await expect(signed(k, { email: 'grace.hopper+x@example.org' })).rejects.toThrow('no link');
    // Dots tell people apart.
    await confirmed({ email: 'gracehopper@example.org' });
    expect(await signatureCount(k)).toBe(before + 2);
  });

  it('gets one mail a day, and what waits is changed by nobody else', async () => {
    const email = mailbox();
    const token = await signed(k, { email, name: 'Mine' });
    await signDeclaration(k, signature({ email, name: 'Not mine' }));
    expect(await mailsTo(k, email)).toBe(1);
    expect((await readConfirmation(k, token)).name).toBe('Mine');
    k.clock.advance(DAY);
    await signDeclaration(k, signature({ email, name: 'Mine' }));
    expect(await mailsTo(k, email)).toBe(2);
  });

  it('gets no second one that day after a withdrawal or a clean-up, and what waits for it stops', async () => {
    const email = mailbox();
    const all = async () => (await listMails(k, 1_000)).filter((mail) => mail.recipient === email);
    const token = await signed(k, { email });
    await withdrawSignature(k, (await readConfirmation(k, token)).id);
    await signDeclaration(k, signature({ email }));
    expect(await all()).toHaveLength(1);
    k.clock.advance(DAY);
    const next = await signed(k, { email, name: 'Swept Away' });
    k.clock.advance(1_000);
    const { conditions } = await previewCleanUp(k, { name: 'swept*' });
    await cleanUp(k, { conditions, expected: 1, reason: 'x', operatorId: k.ids.id() });
    await expect(confirmSignature(k, next)).rejects.toEqual(code('signature-invalidated'));
    expect((await all())[0]?.state).toBe('suppressed');
    await signDeclaration(k, signature({ email }));
    expect(await all()).toHaveLength(2);
    k.clock.advance(DAY);
    await signDeclaration(k, signature({ email }));
    expect(await all()).toHaveLength(3);
  });

  it('that counts already is told so, once a day', async () => {
    const { email } = await confirmed();
    await signDeclaration(k, signature({ email }));
    expect(await mailsTo(k, email)).toBe(1);
    k.clock.advance(DAY);
    await signDeclaration(k, signature({ email }));
    await signDeclaration(k, signature({ email }));
    expect(await mailsTo(k, email)).toBe(2);
  });

  it('of somebody who never signed can be closed to us for good', async () => {
    const email = mailbox();
    const token = await signed(k, { email });
    await eraseSignature(k, (await readConfirmation(k, token)).id, 'never');
    k.clock.advance(DAY);
    await signDeclaration(k, signature({ email }));
    expect(await mailsTo(k, email)).toBe(0);
  });

  it.each(['', 'nobody', 'a@b', 'a@example.org, b@example.org', `${'a'.repeat(300)}@example.org`])(
    'refuses %j',
    async (email) => {
      await expect(signDeclaration(k, signature({ email }))).rejects.toEqual(
        code('signature-address-invalid'),
      );
    },
  );
});

describe('withdraw and erase', () => {
  it('takes the name from wall and count at once and keeps the consent as proof', async () => {
    const { id } = await confirmed({ name: 'Leaving Person' });
    expect((await listSignatories(k, { limit: 10, q: 'leaving' })).signatories).toHaveLength(1);
    await withdrawSignature(k, id);
    expect((await listSignatories(k, { limit: 10, q: 'leaving' })).signatories).toHaveLength(0);
    expect((await exportSignature(k, id)).signatures[0]).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: k.clock.now(),
      consent: { version: 2 },
    });
    await expect(correctSignature(k, id, { ...signature(), name: 'X Y' })).rejects.toEqual(
      code('signature-withdrawn'),
    );
  });

  it('leaves no trace of name or address anywhere', async () => {
    const email = 'quirrelwood+tag@zanzibar-post.example';
    const name = 'Zephyrine Quirrelwood';
    const first = await confirmed({ email, name, mailConsent: true });
    await withdrawSignature(k, first.id);
    k.clock.advance(DAY);
    const second = await confirmed({ email: 'Quirrelwood@zanzibar-post.example', name });
    const before = await signatureCount(k);
    const schemas = ['campaign', 'kernel', 'identity', 'parties', 'transparency', 'sites'];
    expect(await dumpRows(k, schemas)).toMatch(/quirrelwood/i);
    await eraseSignature(k, second.id);
    expect(await signatureCount(k)).toBe(before - 1);
    const rest = await dumpRows(k, schemas);
    expect(rest).not.toMatch(/quirrelwood|zephyrine|zanzibar-post/i);
    expect(rest).toMatch(/campaign\.suppressions\n\([0-9a-f]{64},erased/);
    await expect(eraseSignature(k, second.id)).rejects.toEqual(code('signature-link-unknown'));
    await expect(withdrawSignature(k, second.id)).rejects.toEqual(code('signature-link-unknown'));
  });

  it('erases the address of a sign-up that another spelling replaced', async () => {
    await signed(k, { email: 'murgatroyd+a@example.org' });
    k.clock.advance(8 * DAY);
    const token = await signed(k, { email: 'murgatroyd@example.org' });
    await eraseSignature(k, (await readConfirmation(k, token)).id);
    expect(await dumpRows(k, ['campaign', 'kernel'])).not.toMatch(/murgatroyd/i);
  });

  it('takes its own mails only, and a stranger who signs with another tag takes none', async () => {
    const email = 'payee@example.org';
    const other = { to: email, category: 'transactional', locale: 'en', paragraphs: ['x'] } as const;
    const subjects = async () =>
      (await listMails(k, 1_000)).filter((mail) => mail.recipient === email).map(({ subject }) => subject);
    await signed(k, { email });
    await queueMail(k, { ...other, subject: 'Your statement of earnings' });
    k.clock.advance(DAY);
    const token = await signed(k, { email: 'payee+z@example.org' });
    expect(await subjects()).toContain('Your statement of earnings');
    await eraseSignature(k, (await readConfirmation(k, token)).id);
    expect(await subjects()).toEqual(['Your statement of earnings']);
    const [statement] = (await listMails(k, 1_000)).filter((mail) => mail.recipient === email);
    expect(statement?.state).toBe('queued');
  });

  it('lets an erased person sign again, which ends the suppression', async () => {
    const { id, email } = await confirmed({ name: 'Percival Back' });
    const suppressed = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from campaign.suppressions`.execute(k.db)).rows[0]!
        .n;
    const before = await suppressed();
    await eraseSignature(k, id);
    expect(await suppressed()).toBe(before + 2);
    await confirmed({ name: 'Percival Back', email });
    expect(await suppressed()).toBe(before);
  });

  it('ends retention: unconfirmed after 30 days, withdrawn and suppressions after three years', async () => {
    const k = await createCampaign();
    await signed(k, { email: 'waiting-forever@example.org' });
    const confirm = async (email: string) =>
      (await confirmSignature(k, await signed(k, { email }))).signature.id;
    await withdrawSignature(k, await confirm('withdrawn-long@example.org'));
    await eraseSignature(k, await confirm('erased-long@example.org'));
    const kept = await confirm('kept@example.org');
    k.clock.advance(31 * DAY);
    expect(await forgetOld(k)).toBe(1);
    expect(await dumpRows(k, ['campaign', 'kernel'])).not.toMatch(/waiting-forever/);
    k.clock.advance(3 * 365 * DAY);
    await forgetOld(k);
    const rest = await dumpRows(k, ['campaign', 'kernel']);
    expect(rest).not.toMatch(/withdrawn-long/);
    expect(rest).not.toMatch(/,never,|,erased,/);
    expect((await exportSignature(k, kept)).signatures[0]!.state).toBe('confirmed');
    await k.close();
  });
});

describe('from a signature to an account', () => {
  it('makes a user and a party with the same data, once', async () => {
    const { email, accountToken, id } = await confirmed({
      name: 'Mara Vogel',
      craft: 'composer',
      country: 'AT',
    });
    const userId = await becomeUser(k, accountToken);
    expect(await findUserByEmail(k, email)).toMatchObject({ id: userId, name: 'Mara Vogel' });
    const party = await partyOfUser(k, userId);
    expect(party).toMatchObject({ name: 'Mara Vogel', craft: 'composer', country: 'AT', kind: 'person' });
    expect(await assurancesOf(k, party!.id)).toMatchObject([
      { kind: 'email-confirmed', method: 'mail-link' },
    ]);
    expect((await signatureOfUser(k, userId))!.id).toBe(id);
    await expect(becomeUser(k, accountToken)).rejects.toEqual(code('account-step-over'));
  });

  it('shows a signature to the same address only, not to another tag of it', async () => {
    const { id, email } = await confirmed();
    const user = (address: string) => ensureUser(k, { email: address, name: 'X', locale: 'en' });
    const other = await user(email.replace('@', '+x@'));
    expect(await signatureOfUser(k, other.id)).toBeUndefined();
    expect((await signatureOfUser(k, (await user(email.toUpperCase())).id))!.id).toBe(id);
  });

  it('is over after half an hour, and for strangers', async () => {
    const { accountToken, token } = await confirmed();
    k.clock.advance(30 * 60_000);
    for (const given of [accountToken, token, '', 'A'.repeat(43)])
      await expect(becomeUser(k, given)).rejects.toEqual(code('account-step-over'));
  });

  it('is over once the signature is withdrawn', async () => {
    const { accountToken, id } = await confirmed();
    await withdrawSignature(k, id);
    await expect(becomeUser(k, accountToken)).rejects.toEqual(code('account-step-over'));
  });
});

describe('numbers', () => {
  it('agree with the list, hidden names counted', async () => {
    const fresh = await createCampaign();
    const people = ['Ann', 'Bob', 'Cem', 'Dan', 'Eve'];
    for (const [i, name] of people.entries()) {
      const token = await signed(fresh, { name, email: `${name}@example.org`, hideName: i === 1 });
      if (i < 4) await confirmSignature(fresh, token);
    }
    await withdrawSignature(
      fresh,
      (await signatureByToken(fresh, await tokenIn(fresh, 's', 'Dan@example.org'))).id,
    );
    const page = await listSignatories(fresh, { limit: 10 });
    expect(page).toMatchObject({ count: 3, hidden: 1, next: undefined });
    expect(page.signatories.map((s) => s.name)).toEqual(['Cem', 'Ann']);
    const numbers = await campaignNumbers(fresh);
    expect(Object.fromEntries(numbers.map(({ key, value }) => [key, value]))).toEqual({
      'campaign.confirmed': 3,
      'campaign.hidden': 1,
      'campaign.organisations': 0,
      'campaign.signedThrough': 0,
      'campaign.imported': 0,
      'campaign.withdrawn': 1,
      'campaign.pending': 1,
    });
    await fresh.close();
  });

  it('pages through everybody once, whatever arrives meanwhile', async () => {
    const fresh = await createCampaign();
    for (let i = 0; i < 7; i++)
      await confirmSignature(fresh, await signed(fresh, { name: `Person ${i}`, email: `p${i}@example.org` }));
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await listSignatories(fresh, { limit: 3, ...(after ? { after } : {}) });
      names.push(...page.signatories.map((s) => s.name));
      after = page.next;
      fresh.clock.advance(1_000);
      const email = `late${names.length}@example.org`;
      await confirmSignature(fresh, await signed(fresh, { name: 'Late', email }));
    } while (after);
    expect(names).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `Person ${i}`));
    for (const bad of ['x', '%', Buffer.from('1.x').toString('base64url')])
      await expect(listSignatories(fresh, { limit: 3, after: bad })).rejects.toEqual(
        code('wall-page-unknown'),
      );
    await fresh.close();
  });

  it('finds names whatever their case and marks, and filters', async () => {
    const fresh = await createCampaign();
    const all = [
      ['Łukasz Żółć', 'PL', 'musician'],
      ['José Muñoz', 'ES', 'author'],
      ["Siobhán O'Brien", 'IE', 'singer'],
      ['Jürgen Groß', 'DE', 'author'],
    ] as const;
    for (const [i, [name, country, craft]] of all.entries())
      await confirmSignature(
        fresh,
        await signed(fresh, { name, country, craft, email: `f${i}@example.org` }),
      );
    const find = async (about: object) =>
      (await listSignatories(fresh, { limit: 10, ...about })).signatories.map((s) => s.name);
    expect(await find({ q: 'LUKASZ zolc' })).toEqual(['Łukasz Żółć']);
    expect(await find({ q: 'munoz' })).toEqual(['José Muñoz']);
    expect(await find({ q: 'o’brien' })).toEqual(["Siobhán O'Brien"]);
    expect(await find({ q: 'GROSS' })).toEqual(['Jürgen Groß']);
    expect(await find({ q: '%' })).toEqual([]);
    expect(await find({ craft: 'author' })).toEqual(['Jürgen Groß', 'José Muñoz']);
    expect(await find({ craft: 'author', country: 'ES' })).toEqual(['José Muñoz']);
    await fresh.close();
  });
});
