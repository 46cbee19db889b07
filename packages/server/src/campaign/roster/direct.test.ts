import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { inTx, openMails } from '../../kernel/index.ts';
import { createOrganisation } from '../../parties/index.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { insertCheck } from '../checks/store-checks.ts';
import {
  confirmSignature,
  decideRoster,
  type RosterInput,
  submitRoster,
  takeRoster,
  withdrawRoster,
} from '../index.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { type Cells, organisation, records } from '../testing/roster-world.ts';
import { tellListed } from './tell-people.ts';

let k: TestKernel;
let operator: string;
beforeAll(async () => {
  k = await createCampaign();
  createApp(k);
  operator = (
    await inTx(k, (t) => ensureUser(t, { email: 'olga@guild.example', name: 'Olga', locale: 'en' }))
  ).id;
});
afterAll(() => k.close());

let files = 0;
const mails = async (to: string) => (await openMails(k, 2_000)).filter(({ recipient }) => recipient === to);

describe('an organisation that checks itself', () => {
  let guild: Awaited<ReturnType<typeof organisation>>;
  let about: Pick<RosterInput, 'userId' | 'through'>;
  let defaults: RosterInput['defaults'] = {
    ...{ basis: 'authority', authority: 'contract', on: '2026-01-31', reference: 'file 12' },
  };
  let signatoryId: string;
  const name = 'Self Made Guild';
  const send = async (rows: readonly Cells[]) => {
    const sha256 = (++files).toString(16).padStart(64, '0');
    const file = { name: 'members.csv', sha256 };
    const kind = { origin: 'roster', role: 'guild', locale: 'en' } as const;
    const { id } = await takeRoster(k, { ...kind, ...about, defaults, file }, records(rows));
    const { userId, partyId } = guild;
    const by = { id, userId, partyId };
    const said = await submitRoster(k, { ...by, statement: true, statementVersion: 1, onlyGood: false });
    return { said, by };
  };
  const people = (count: number, of: string, email = '') =>
    Array.from({ length: count }, (_, i) => [`${of} Number${i}`, 'poet', 'DE', '', email]);
  beforeAll(async () => {
    guild = await organisation(k, name, 'self@made.example');
    about = { userId: guild.userId, through: { name, partyId: guild.partyId } };
    const token = await signed(k, {
      name,
      kind: 'organisation',
      email: 'self@made.example',
      craft: 'other',
    });
    signatoryId = (await confirmSignature(k, token)).signature.id;
  });

  it('waits for a moderator with a link back or a vouch alone', async () => {
    for (const method of ['link-back', 'vouch'] as const)
      await insertCheck(k.db, {
        ...{ id: k.ids.id(), signatoryId, method, detail: `${method} detail`, at: k.clock.now() },
      });
    const { said, by } = await send(people(1, 'Link'));
    expect(said).toBe('waiting');
    await withdrawRoster(k, by);
  });

  it('has one day of 500, whatever it takes back, or a moderator does, or it is called next', async () => {
    await insertCheck(k.db, {
      ...{ id: k.ids.id(), signatoryId, method: 'evidence', detail: '', at: k.clock.now(), by: operator },
    });
    const first = await send(people(300, 'First'));
    expect(first.said).toBe('publishing');
    await withdrawRoster(k, first.by);
    const second = await send(people(201, 'Second'));
    expect(second.said).toBe('waiting');
    await withdrawRoster(k, second.by);
    const third = await send(people(150, 'Third'));
    expect(third.said).toBe('publishing');
    await decideRoster(k, { id: third.by.id, by: operator, outcome: 'remove', answer: 'Invented.' });
    expect((await send(people(51, 'Fourth'))).said).toBe('waiting');
    const twin = await createOrganisation(k, {
      ...{ name: 'SELF made Guild', country: 'DE', url: null, userId: guild.userId },
    });
    [guild, about] = [
      { ...guild, ...twin },
      { userId: guild.userId, through: { name: 'SELF made Guild', partyId: twin.partyId } },
    ];
    expect((await send(people(51, 'Fifth'))).said).toBe('waiting');
    k.clock.advance(86_400_001);
    expect((await send(people(51, 'Sixth'))).said).toBe('publishing');
  });

  it('writes to a mailbox once a day, and withdrawing does not change that', async () => {
    const victim = 'victim@example.org';
    const before = (await mails(victim)).length;
    const written = async () => (await mails(victim)).length - before;
    const first = await send(people(50, 'Fill', victim));
    expect(first.said).toBe('publishing');
    expect(await written()).toBe(1);
    expect((await mails(victim))[0]!.text.match(/\/s\//g)!.length).toBeGreaterThan(19);
    await withdrawRoster(k, first.by);
    const second = await send(people(50, 'Again', victim));
    expect([second.said, await written()]).toEqual(['publishing', 1]);
    await inTx(k, (t) => tellListed(t));
    expect(await written()).toBe(1);
    // Nobody stays untold: the others hear of it on the following days, at most twenty names each.
    for (const expected of [2, 3, 4, 4]) {
      k.clock.advance(86_400_000);
      await inTx(k, (t) => tellListed(t));
      expect(await written()).toBe(expected);
    }
    await decideRoster(k, { id: second.by.id, by: operator, outcome: 'remove', answer: 'Invented.' });
    expect(await written()).toBe(5);
    defaults = { basis: 'confirm' };
    for (const name of ['Ask One', 'Ask Two']) {
      const asked = await send([[name, 'poet', 'DE', '', victim]]);
      expect(asked.said).toBe('publishing');
      await withdrawRoster(k, asked.by);
    }
    expect(await written()).toBe(6);
  });
});
