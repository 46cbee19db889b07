import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { cleanUp, confirmSignature, correctSignature, previewCleanUp, undoCleanUp } from '../index.ts';
import { createCampaign, signature, signed } from '../testing/campaign-world.ts';
import { currentDeclaration } from './declaration.ts';
import { publishDeclaration, releaseEmbargo, saveDraft } from './edit-declaration.ts';

const DAY = 86_400_000;
let k: TestKernel;
let version = 1;
let people = 0;
beforeAll(async () => {
  k = await createCampaign();
  createApp(k);
});
afterAll(() => k.close());

/** The next version, approved and collecting; its minute is a day away. */
beforeEach(async () => {
  version += 1;
  const { texts } = await currentDeclaration(k);
  const at = new Date(k.clock.now().getTime() + DAY);
  await sql`insert into campaign.declarations (version, texts, state, written_by, written_at, edition, publish_at, embargo,
      collect_key, published_on, sha256, approved_by, approved_at)
    values (${version}, ${JSON.stringify(texts)}::jsonb, 'approved', ${k.ids.id()}, now(), 1, ${at}, true, ${`key${version}`},
      current_date, repeat('a', 64), gen_random_uuid(), now())`.execute(k.db);
});

const mine = () => ({ declarationVersion: version, collectKey: `key${version}` });
const mailbox = () => `minute${++people}@example.org`;

async function held(about: Parameters<typeof signed>[1] = {}): Promise<{ id: string; email: string }> {
  const email = mailbox();
  const { signature: made } = await confirmSignature(k, await signed(k, { ...mine(), ...about, email }));
  expect(made.heldFor).toEqual(['embargo']);
  return { id: made.id, email };
}

async function stateOf(email: string): Promise<string | undefined> {
  const found = await sql<{ state: string }>`select state from campaign.signatories
    where email = ${email}`.execute(k.db);
  return found.rows[0]?.state;
}

/** Does something in a transaction of its own connection, and leaves it open until it is let go. */
async function pause(body: (t: Kernel) => Promise<unknown>) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached = () => {};
  const there = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const done = inTx(k, async (t) => {
    await body(t);
    reached();
    await gate;
  });
  await Promise.race([there, done]);
  return { done, letGo };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

describe('the minute of an embargo', () => {
  it('waits for a confirmation that is under way, and takes it along', async () => {
    const email = mailbox();
    const token = await signed(k, { ...mine(), email });
    k.clock.advance(DAY);
    const confirming = await pause((t) => confirmSignature(t, token));
    const publishing = publishDeclaration(k, version);
    await soon();
    confirming.letGo();
    await Promise.all([confirming.done, publishing]);
    expect(await stateOf(email)).toBe('confirmed');
  });

  it('is over for who confirms while it comes', async () => {
    const email = mailbox();
    const token = await signed(k, { ...mine(), email });
    k.clock.advance(DAY);
    const publishing = await pause((t) => publishDeclaration(t, version));
    const confirming = confirmSignature(k, token);
    await soon();
    publishing.letGo();
    await Promise.all([publishing.done, confirming]);
    expect(await stateOf(email)).toBe('confirmed');
  });

  it('neither waits in a ring with who changes a signature, nor leaves it behind', async () => {
    const all = [];
    for (let i = 0; i < 8; i++) all.push(await held());
    k.clock.advance(DAY);
    const change = (name: string) => ({ ...signature(), name, mailConsent: false });
    await Promise.all([
      ...all.slice(0, 4).map(({ id }, i) => correctSignature(k, id, change(`Early ${'abcd'[i]}`))),
      publishDeclaration(k, version),
      ...all.slice(4).map(({ id }, i) => correctSignature(k, id, change(`Late ${'abcd'[i]}`))),
    ]);
    await releaseEmbargo(k);
    for (const { email } of all) expect(await stateOf(email)).toBe('confirmed');
  });

  it('comes too for who was taken out by a clean-up that is undone after it', async () => {
    const { email } = await held({ name: 'Wrongly Taken' });
    const asked = { name: 'wrongly*' };
    k.clock.advance(1_000);
    const { count, conditions } = await previewCleanUp(k, asked);
    expect(count).toBe(1);
    const about = { operatorId: k.ids.id(), reason: 'x' };
    const { id } = await cleanUp(k, { ...about, conditions, expected: 1 });
    k.clock.advance(DAY);
    await publishDeclaration(k, version);
    await undoCleanUp(k, { ...about, id });
    expect(await stateOf(email)).toBe('confirmed');
  });

  it('is made up for by a job, whatever left a signature behind', async () => {
    const { email } = await held();
    await sql`update campaign.declarations set state = 'public' where version = ${version}`.execute(k.db);
    expect(await releaseEmbargo(k)).toBe(1);
    expect([await stateOf(email), await releaseEmbargo(k)]).toEqual(['confirmed', 0]);
  });
});

describe('two who write one version', () => {
  it('do not overwrite each other: the second is told', async () => {
    await sql`update campaign.declarations set state = 'public'`.execute(k.db);
    const { texts } = await currentDeclaration(k);
    const save = (t: Kernel, edition: number) => saveDraft(t, { texts, edition, by: k.ids.id() });
    const clash = { code: 'declaration-edited-meanwhile' };
    for (const edition of [0, 1]) {
      const first = await pause((t) => save(t, edition));
      const second = save(k, edition).catch((error: unknown) => error);
      await soon();
      first.letGo();
      await first.done;
      expect(await second).toMatchObject(clash);
    }
  });
});
