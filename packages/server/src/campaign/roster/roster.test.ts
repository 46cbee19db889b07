import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { inTx, openMails } from '../../kernel/index.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { addOfficialDomain, checkDomainMail } from '../checks/domain-mail.ts';
import { protectName } from '../checks/protect-name.ts';
import {
  acceptInvitation,
  confirmSignature,
  currentConsent,
  decideRoster,
  declineInvitation,
  eraseSignature,
  exportSignature,
  findRoster,
  listSignatories,
  type RosterInput,
  signatureByToken,
  signatureCount,
  submitRoster,
  takeOver,
  takeRoster,
  withdrawRoster,
  withdrawSignature,
} from '../index.ts';
import { forgetOld } from '../own/forget-old.ts';
import { createCampaign, signed, tokenIn } from '../testing/campaign-world.ts';
import { type Cells, HEAD, organisation, records } from '../testing/roster-world.ts';
import { compareRoster } from './compare-roster.ts';
import { rosterLines } from './find-roster.ts';
import { rosterSubscribers } from './follow-roster.ts';
import { publishRoster } from './publish-roster.ts';

let k: TestKernel;
let union: { userId: string; partyId: string; organisationId: string };
let operator: string;
beforeAll(async () => {
  k = await createCampaign();
  createApp(k);
  union = await organisation(k, 'Writers’ Union', 'desk@union.example');
  operator = (
    await inTx(k, (t) => ensureUser(t, { email: 'olga@guild.example', name: 'Olga', locale: 'en' }))
  ).id;
});
afterAll(() => k.close());

const DEFAULTS = {
  basis: 'authority',
  authority: 'contract',
  on: '2026-01-31',
  reference: 'file 12',
} as const;
let files = 0;
function input(about: Partial<RosterInput> = {}): RosterInput {
  const sha256 = (++files).toString(16).padStart(64, '0');
  return {
    origin: 'roster',
    role: 'union',
    through: { name: 'Writers’ Union', partyId: union.partyId },
    userId: union.userId,
    locale: 'en',
    defaults: DEFAULTS,
    file: { name: 'members.csv', sha256 },
    ...about,
  };
}

async function check(
  rows: readonly Cells[],
  about: Partial<RosterInput> = {},
  head: Cells = HEAD,
): Promise<string> {
  return (await takeRoster(k, input(about), records(rows, head))).id;
}

/** Line and problem of each row, or the state of good ones. */
async function verdicts(id: string) {
  const lines = await rosterLines(k, id, { bad: false, after: 0, limit: 1_000 });
  return lines.map(({ line, problem, problem_about, state }) =>
    problem ? [line, problem, ...(problem_about ? [problem_about] : [])] : [line, state],
  );
}

const own = (id: string) => ({ id, partyId: union.partyId, userId: union.userId });
const submit = (id: string, onlyGood = true) =>
  submitRoster(k, { ...own(id), statement: true, statementVersion: 1, onlyGood });
async function publish(id: string): Promise<void> {
  if ((await submit(id)) === 'waiting')
    await decideRoster(k, { id, by: operator, outcome: 'publish', answer: 'The contracts are here.' });
}

const found = async (q: string) => (await listSignatories(k, { limit: 50, q })).signatories;
const mails = async (to: string) => (await openMails(k, 2_000)).filter(({ recipient }) => recipient === to);

describe('a list is checked first', () => {
  it('says of each row what is the matter, and keeps nothing half-written', async () => {
    await confirmSignature(k, await signed(k, { name: 'Ida Known', email: 'ida@example.org', town: 'Ulm' }));
    const id = await check([
      ['Ada One', 'author', 'Germany', 'Köln', 'one@example.org'],
      ['One, Ada', 'Autorin', 'DE', 'koln', ''],
      ['ADA ONE', 'author', 'de', '', 'One+list@example.org'],
      ['', 'author', 'DE', '', ''],
      ['https://evil.example', 'author', 'DE', '', ''],
      ['Ev\u202eil Name', 'author', 'DE', '', ''],
      ['Bo Two', 'wizard', 'DE', '', ''],
      ['Bo Two', 'poet', 'Narnia', '', ''],
      ['Bo Two', 'poet', 'FR', '', 'no address'],
      ['Known, Ida', 'author', 'DE', 'Ulm', ''],
      ['=HYPERLINK(1)', 'poet', 'DE', '', ''],
      ['Cy Three', 'poet', 'DE', '', '', 'too much'],
    ]);
    expect(await verdicts(id)).toEqual([
      [2, 'checked'],
      [3, 'twice', '2'],
      [4, 'twice', '2'],
      [5, 'name-missing'],
      [6, 'name-bad'],
      [7, 'name-bad'],
      [8, 'craft-unknown', 'wizard'],
      [9, 'country-unknown', 'Narnia'],
      [10, 'email-bad', 'no address'],
      [11, 'signed-already'],
      [12, 'checked'],
      [13, 'columns'],
    ]);
    expect(await found('one')).toEqual([]);
    await expect(submit(id, false)).rejects.toThrow('roster-not-whole');
    await withdrawRoster(k, own(id));
    await expect(findRoster(k, own(id))).rejects.toThrow('roster-unknown');
  });

  it('wants columns, people, proof, and one way for each row', async () => {
    await expect(check([['x']], {}, ['thing'])).rejects.toThrow('roster-columns');
    await expect(check([])).rejects.toThrow('roster-empty');
    const left = await sql<{ n: number }>`select count(*)::int as n from campaign.rosters`.execute(k.db);
    expect(left.rows[0]!.n).toBe(0);
    const head = [...HEAD, 'Vollmacht', 'Vollmacht vom', 'Nachweis'];
    const id = await check(
      [
        ['A Aa', 'poet', 'DE', '', '', 'Vertrag', '31.12.2025', 'A 1'],
        ['B Bb', 'poet', 'DE', '', '', 'magic', '', ''],
        ['C Cc', 'poet', 'DE', '', '', '', '', ''],
        ['D Dd', 'poet', 'DE', '', 'd@example.org', 'selbst', '', ''],
        ['E Ee', 'poet', 'DE', '', 'd@example.org', 'confirm', '', ''],
        ['F Ff', 'poet', 'DE', '', '', 'Vollmacht', '2999-01-01', ''],
        ['G Gg', 'poet', 'DE', '', '', 'Vollmacht', '31.02.2026', ''],
        ['H Hh', 'poet', 'DE', '', '', 'Beschluss', '2026-02-03', ''],
      ],
      { defaults: { basis: 'authority' } },
      head,
    );
    expect(await verdicts(id)).toEqual([
      [2, 'checked'],
      [3, 'authority-unknown', 'magic'],
      [4, 'authority-missing'],
      [5, 'checked'],
      [6, 'mailbox-twice', '5'],
      [7, 'date-future', '2999-01-01'],
      [8, 'date-bad', '31.02.2026'],
      [9, 'checked'],
    ]);
    await expect(submit(id)).rejects.toThrow('roster-needs-proof');
    await withdrawRoster(k, own(id));
  });

  it('takes the same file once', async () => {
    const about = { file: { name: 'a.csv', sha256: 'a'.repeat(64) } };
    const first = await check([['Una Once', 'poet', 'DE', '', '']], about);
    const again = await check([['Una Once', 'poet', 'DE', '', '']], about);
    expect(again).not.toBe(first);
    await publish(again);
    expect(await takeRoster(k, input(about), records([['Una Once', 'poet', 'DE', '', '']]))).toEqual({
      id: again,
      known: true,
    });
    expect(await found('once')).toHaveLength(1);
    await withdrawRoster(k, own(again));
  });
});

describe('a list that counts', () => {
  it('waits for a moderator, appears whole as signed through, and goes whole', async () => {
    const before = await signatureCount(k);
    const id = await check([
      ['Mia Roster', 'author', 'DE', 'Köln', 'mia@example.org'],
      ['Noa Roster', 'author', 'DE', '', ''],
    ]);
    expect(await submit(id)).toBe('waiting');
    expect(await found('roster')).toEqual([]);
    await expect(decideRoster(k, { id, by: union.userId, outcome: 'publish', answer: 'x' })).rejects.toThrow(
      'roster-own',
    );
    await decideRoster(k, { id, by: operator, outcome: 'publish', answer: 'Contracts seen.' });
    expect((await found('roster')).map(({ name, basis, through }) => [name, basis, through])).toEqual([
      [expect.any(String), 'authority', 'Writers’ Union'],
      [expect.any(String), 'authority', 'Writers’ Union'],
    ]);
    expect(await signatureCount(k)).toBe(before + 2);
    expect((await mails('desk@union.example')).some(({ text }) => text.includes('Contracts seen.'))).toBe(
      true,
    );
    expect((await mails('mia@example.org'))[0]!.text).toContain(
      'Writers’ Union has signed for you'.slice(0, 14),
    );
    await withdrawRoster(k, own(id));
    await withdrawRoster(k, own(id));
    expect(await found('roster')).toEqual([]);
    expect(await signatureCount(k)).toBe(before);
    const again = await check([['Mia Roster', 'author', 'DE', 'Köln', 'mia@example.org']]);
    expect(await verdicts(again)).toEqual([[2, 'checked']]);
    await withdrawRoster(k, own(again));
  });

  it('is published at once by an organisation that was checked, up to its limit', async () => {
    const guild = await organisation(k, 'Checked Guild', 'press@checked.example');
    const { signature } = await confirmSignature(
      k,
      await signed(k, {
        name: 'Checked Guild',
        kind: 'organisation',
        email: 'press@checked.example',
        craft: 'other',
      }),
    );
    const about = { userId: guild.userId, through: { name: 'Checked Guild', partyId: guild.partyId } };
    const mine = {
      userId: guild.userId,
      partyId: guild.partyId,
      statement: true,
      statementVersion: 1,
      onlyGood: false,
    } as const;
    const one = await check([['Pia Direct', 'poet', 'DE', '', '']], about);
    expect(await submitRoster(k, { ...mine, id: one })).toBe('waiting');
    await addOfficialDomain(k, { domain: 'checked.example', organisation: 'Checked Guild', by: operator });
    await checkDomainMail(k, signature);
    const two = await check([['Rex Direct', 'poet', 'DE', '', '']], about);
    expect(await submitRoster(k, { ...mine, id: two })).toBe('publishing');
    const many = Array.from({ length: 500 }, (_, i) => [`Max Number${i}`, 'poet', 'DE', '', '']);
    const three = await check(many, about);
    expect(await submitRoster(k, { ...mine, id: three })).toBe('waiting');
    await decideRoster(k, { id: three, by: operator, outcome: 'refuse', answer: 'Too many.' });
    expect((await found('direct')).map(({ name }) => name)).toEqual(['Rex Direct']);
    await expect(findRoster(k, own(two))).rejects.toThrow('roster-unknown');
  });

  it('holds names as direct signing does', async () => {
    await protectName(k, { name: 'Stella Famous', reason: 'known', by: operator });
    const before = await signatureCount(k);
    const id = await check([
      ['Stеlla Famous', 'singer', 'DE', '', ''],
      ['Famous, S.', 'singer', 'DE', '', ''],
      ['Plain Person', 'singer', 'DE', '', ''],
    ]);
    await publish(id);
    expect(await signatureCount(k)).toBe(before + 1);
    const held = await sql<{
      n: number;
    }>`select count(*)::int as n from campaign.reviews r join campaign.signatories s
      on s.id = r.signatory_id where s.roster_id = ${id} and r.kind = 'name'`.execute(k.db);
    expect(held.rows[0]!.n).toBe(2);
    await withdrawRoster(k, own(id));
  });

  it('is compared again when it is published', async () => {
    const id = await check([
      ['Late Lena', 'poet', 'AT', '', 'lena@example.org'],
      ['Early Eve', 'poet', 'AT', '', ''],
    ]);
    expect(await submit(id)).toBe('waiting');
    await confirmSignature(
      k,
      await signed(k, { name: 'Late Lena', craft: 'poet', country: 'AT', email: 'lena@example.org' }),
    );
    await decideRoster(k, { id, by: operator, outcome: 'publish', answer: 'Good.' });
    expect(await verdicts(id)).toEqual([
      [2, 'signed-already'],
      [3, 'signed'],
    ]);
    expect((await found('late lena')).map(({ basis }) => basis)).toEqual(['mailbox']);
  });

  it('long lists are compared and published by jobs, whole', async () => {
    const many = Array.from({ length: 700 }, (_, i) => [
      `Long List${i}`,
      'poet',
      'CH',
      '',
      i % 100 ? '' : `l${i}@example.org`,
    ]);
    const id = await check(many);
    expect((await findRoster(k, own(id))).state).toBe('checking');
    await compareRoster(k, id);
    await compareRoster(k, id);
    expect(await findRoster(k, own(id))).toMatchObject({ state: 'checked', lines: 700, fine: 700 });
    await submit(id);
    await decideRoster(k, { id, by: operator, outcome: 'publish', answer: 'Good.' });
    const before = await signatureCount(k);
    await publishRoster(k, id);
    await publishRoster(k, id);
    expect((await signatureCount(k)) - before).toBe(700);
    await withdrawRoster(k, own(id));
    expect(await signatureCount(k)).toBe(before);
  });
});

describe('the person on the list', () => {
  it('takes over, and the list has no say any more', async () => {
    const id = await check([['Tess Over', 'poet', 'DE', '', 'tess@example.org']]);
    await publish(id);
    const { id: signatoryId } = await signatureByToken(k, await tokenIn(k, 's', 'tess@example.org'));
    const yes = {
      age: 'sixteen',
      consent: true,
      mailConsent: true,
      consentVersion: currentConsent().version,
    } as const;
    await takeOver(k, { signatoryId, ...yes });
    await expect(takeOver(k, { signatoryId, ...yes })).rejects.toThrow('take-over-not-needed');
    await withdrawRoster(k, own(id));
    expect(await found('tess')).toMatchObject([{ basis: 'mailbox', through: null }]);
  });

  it('who signs directly counts once, and in her own name', async () => {
    const id = await check([
      ['Dora Both', 'poet', 'DE', 'Bonn', 'dora@example.org'],
      ['Bert Both', 'poet', 'DE', 'Bonn', ''],
    ]);
    await publish(id);
    await confirmSignature(
      k,
      await signed(k, { name: 'Dora Both', craft: 'author', email: 'dora@example.org' }),
    );
    await confirmSignature(
      k,
      await signed(k, { name: 'Bert Both', craft: 'poet', town: 'Bonn', email: 'bert@example.org' }),
    );
    expect((await found('both')).map(({ name, basis }) => [name, basis]).sort()).toEqual([
      ['Bert Both', 'mailbox'],
      ['Dora Both', 'mailbox'],
    ]);
  });

  it.each(['withdraw', 'erase'] as const)('who left is never signed for again (%s)', async (way) => {
    const email = `${way}@example.org`;
    const name = `Gone ${way}`;
    const { signature } = await confirmSignature(k, await signed(k, { name, email }));
    await (way === 'erase' ? eraseSignature(k, signature.id) : withdrawSignature(k, signature.id));
    const id = await check(
      [
        [name, 'poet', 'DE', '', ''],
        ['Somebody Else', 'poet', 'DE', '', email],
        [`${way} GONE`, 'author', 'DE', '', 'other@example.org', 'confirm'],
      ],
      {},
      [...HEAD, 'authority'],
    );
    expect(await verdicts(id)).toEqual([
      [2, 'decided-herself'],
      [3, 'decided-herself'],
      [4, 'decided-herself'],
    ]);
    await expect(submit(id)).rejects.toThrow('roster-nobody-fine');
    k.clock.advance(86_400_000);
    await confirmSignature(k, await signed(k, { name, email }));
    expect(await found(name)).toHaveLength(1);
  });

  it('erases what a list says of her alone, and objects for good', async () => {
    const id = await check([
      ['Ann Band', 'musician', 'DE', '', 'band@example.org'],
      ['Ben Band', 'musician', 'DE', '', 'band@example.org'],
    ]);
    await publish(id);
    const rows = await sql<{
      id: string;
    }>`select id from campaign.signatories where name = 'Ann Band'`.execute(k.db);
    expect(await exportSignature(k, rows.rows[0]!.id)).toMatchObject({
      signatures: [
        { basis: 'authority', list: { through: 'Writers’ Union', proof: { authority: 'contract' } } },
        {},
      ],
    });
    await eraseSignature(k, rows.rows[0]!.id);
    expect((await found('band')).map(({ name }) => name)).toEqual(['Ben Band']);
    const again = await check([['Band, Ann', 'musician', 'DE', '', '']]);
    expect(await verdicts(again)).toEqual([[2, 'decided-herself']]);
  });

  it('answers an invitation herself: nothing counts before, and never again if she wants', async () => {
    const about = { defaults: { basis: 'confirm' } } as const;
    const id = await check(
      [
        ['Yes Yara', 'poet', 'DE', '', 'yara@example.org'],
        ['No Nils', 'poet', 'DE', '', 'nils@example.org'],
        ['Nobody', 'poet', 'DE', '', ''],
      ],
      about,
    );
    await publish(id);
    expect(await verdicts(id)).toEqual([
      [2, 'invited'],
      [3, 'invited'],
      [4, 'email-missing'],
    ]);
    expect(await found('yara')).toEqual([]);
    const token = async (to: string) => /\/i\/([\w-]+)/.exec((await mails(to))[0]!.text)![1]!;
    const said = { name: 'Yara Yes', craft: 'poet', country: 'DE', hideName: false } as const;
    const yes = {
      ...said,
      age: 'sixteen',
      consent: true,
      mailConsent: false,
      consentVersion: currentConsent().version,
      locale: 'en',
    } as const;
    const link = await token('yara@example.org');
    await acceptInvitation(k, link, yes);
    await expect(acceptInvitation(k, link, yes)).rejects.toThrow('invitation-unknown');
    expect(await found('yara')).toMatchObject([{ basis: 'mailbox', through: null }]);
    await declineInvitation(k, await token('nils@example.org'));
    const again = await check([['No Nils', 'poet', 'DE', '', 'nils@example.org']], about);
    expect(await verdicts(again)).toEqual([[2, 'decided-herself']]);
    await withdrawRoster(k, own(id));
    expect(await found('yara')).toHaveLength(1);
  });

  it('what nobody answers or submits is forgotten', async () => {
    const draft = await check([['Draft Dan', 'poet', 'DE', '', 'dan@example.org']]);
    const asked = await check([['Asked Ari', 'poet', 'DE', '', 'ari@example.org']], {
      defaults: { basis: 'confirm' },
    });
    await publish(asked);
    k.clock.advance(31 * 86_400_000);
    await forgetOld(k);
    await expect(findRoster(k, own(draft))).rejects.toThrow('roster-unknown');
    const rows = await sql<{ n: number }>`select count(*)::int as n from campaign.roster_rows
      where person is not null and mailbox_key like any(array['dan%', 'ari%'])`.execute(k.db);
    expect(rows.rows[0]!.n).toBe(0);
  });
});

it('an earlier list counts with proof only, and says where it comes from', async () => {
  const head = [
    'Name',
    'Tätigkeit',
    'Land',
    'E-Mail',
    'Unterzeichnet am',
    'Quelle',
    'Fassung',
    'Einwilligung Mail',
  ];
  const about = {
    origin: 'import',
    role: 'organiser',
    defaults: { basis: 'confirm', reference: 'box 3' },
  } as const;
  const id = await check(
    [
      ['Old Olaf', 'author', 'DE', 'olaf@example.org', '2025-03-01', 'Book Fair', '1', '2025-03-01'],
      ['Old Otti', 'author', 'DE', 'otti@example.org', '', '', '', ''],
      ['Old Omar', 'author', 'DE', '', '', '', '', ''],
      ['Old Orla', 'author', 'DE', '', '2025-03-01', 'Book Fair', 'b'.repeat(64), ''],
    ],
    about,
    head,
  );
  expect(await verdicts(id)).toEqual([
    [2, 'checked'],
    [3, 'checked'],
    [4, 'proof-missing'],
    [5, 'text-unknown', 'b'.repeat(64)],
  ]);
  expect(await submit(id)).toBe('publishing');
  expect((await found('old o')).map(({ name, basis }) => [name, basis])).toEqual([['Old Olaf', 'import']]);
  const row = await signatureByToken(k, await tokenIn(k, 's', 'olaf@example.org'));
  expect(row).toMatchObject({
    source: 'Book Fair',
    consentedAt: new Date('2025-03-01'),
    mailConsentedAt: new Date('2025-03-01'),
  });
  expect((await mails('otti@example.org')).some(({ text }) => text.includes('/i/'))).toBe(true);
});

it('nobody is signed for by nobody: with the organisation its lists end, and the people hear of it', async () => {
  const gone = await organisation(k, 'Gone Agency', 'gone@agency.example');
  const about = { userId: gone.userId, through: { name: 'Gone Agency', partyId: gone.partyId } };
  const id = await check([['Orphan Ola', 'poet', 'DE', '', 'ola@example.org']], about);
  await submitRoster(k, { ...gone, id, statement: true, statementVersion: 1, onlyGood: false });
  await decideRoster(k, { id, by: operator, outcome: 'publish', answer: 'Good.' });
  await sql`delete from identity.memberships where organisation_id = ${gone.organisationId}`.execute(k.db);
  const left = rosterSubscribers.find(({ on }) => on === 'identity.member-left')!;
  await inTx(k, (t) => left.handle(t, { organisationId: gone.organisationId, userId: gone.userId }));
  expect(await found('orphan')).toEqual([]);
  expect((await mails('ola@example.org')).some(({ subject }) => subject.includes('has ended'))).toBe(true);
});
