import { formatScanReport } from '@clearway/protocol';
import {
  bank,
  billing,
  evidence,
  identity,
  jobHandlers,
  kernel,
  licensing,
  offers,
  parties,
  payouts,
  statements,
  subscribers,
  usage,
  works,
} from '@clearway/server';
import { bankStatement } from './bank-statement.ts';
import { GUILD_ACCOUNT, PROFILES } from './money-cast.ts';
import { openPast, type Past } from './past.ts';
import { type Person, tokenFromMail } from './seed-people.ts';

type People = ReadonlyMap<string, Person>;

/**
 * One month of money in the demo world: licences in October, the invoice paid in November, statements, a payout. Its
 * documents are signed with the keys of this machine, so unlike the rest of the world it differs from machine to machine.
 */
export async function seedMoney(k: kernel.Kernel, people: People): Promise<void> {
  const past = openPast(k, '2026-09-28T09:00:00Z', 'money');
  const [renke, jule] = await seedOperators(past, people);
  const [letters, song] = await seedPaidWorks(past, people);
  await license(past, people, [letters, song]);

  await at(past, '2026-11-02T08:30:00Z');
  const period = await billing.openPeriod(past, { from: '2026-10-01', to: '2026-11-01', actor: renke });
  const { invoiceIds } = await billing.closePeriod(past, { periodId: period.id, actor: renke });
  await drain(past);
  await contest(past, people, song);

  await at(past, '2026-11-09T07:10:00Z');
  await bank.saveBankAccount(past, { account: GUILD_ACCOUNT, actor: renke });
  const invoice = await billing.readInvoice(past, { invoiceId: invoiceIds[0]! });
  await bankSays(past, renke, 1, 0n, [
    {
      amountMicro: invoice.openMicro,
      reference: 'H-2211',
      remittance: `${invoice.number} October`,
      counterparty: { name: 'Candela Research', iban: 'FR1420041010050500013M02606' },
    },
  ]);
  await at(past, '2026-11-10T10:00:00Z');
  await statements.issueStatements(past, { to: past.clock.now() });
  await payOut(past, people, { renke, jule, balance: invoice.openMicro });
  await checkDataset(past, people, letters);
}

async function at(past: Past, time: string): Promise<void> {
  past.clock.advance(Date.parse(time) - past.clock.now().getTime());
}

/** Does what events and jobs lead to, at the time of the past; mail stays where it is. */
async function drain(past: Past): Promise<void> {
  const runner = kernel.startRunner(past, { handlers: jobHandlers, subscribers, lanes: 0 });
  await runner.drain();
  await runner.stop();
}

/** Two people run the instance; money needs both. */
async function seedOperators(past: Past, people: People): Promise<[string, string]> {
  const local = await kernel.inTx(past, (t) => identity.ensureOperator(t, 'Harbour Guild', 'en'));
  const ids: string[] = [];
  for (const key of ['renke', 'jule']) {
    const { party, userId } = people.get(key)!;
    const email = `${key}@demo.example`;
    await identity.inviteOperator(past, { email, name: party.name, actor: local.id, locale: 'en' });
    const token = await tokenFromMail(past, email, 'operators');
    await identity.acceptOperatorInvitation(past, { token, locale: 'en', signedIn: userId });
    ids.push(userId);
  }
  return [ids[0]!, ids[1]!];
}

const TERMS: offers.Terms = {
  ...offers.presetTerms('no-ai'),
  'ai-input': { answer: 'paid', prices: [{ unit: 'answer', amountMicro: '20000', perUnits: '1' }] },
  'ai-train': {
    answer: 'paid',
    prices: [{ unit: 'model-version', amountMicro: '120000000', perUnits: '1' }],
  },
};

async function seedPaidWorks(past: Past, people: People): Promise<[string, string]> {
  const [hanna, ida] = [people.get('hanna')!, people.get('ida')!];
  const letters = await register(past, hanna, 'Letters from the breakwater', 'text', []);
  await publish(past, hanna, letters);
  const song = await register(past, people.get('nordlys')!, 'Winter light', 'song', [
    { me: true, role: 'performer', sharePpm: 600_000 },
    { me: false, name: 'Ida Falk', email: 'ida@demo.example', role: 'composer', sharePpm: 400_000 },
  ]);
  const token = await tokenFromMail(past, 'ida@demo.example', 'invitations');
  await works.acceptInvitation(past, { token, locale: 'en' });
  const offerId = await publish(past, people.get('nordlys')!, song);
  const yes = (['ai-input', 'ai-train'] as const).map((use) => ({ use, answer: 'yes' as const }));
  await offers.decideConsent(past, {
    ...{ offerId, partyId: ida.party.id, actor: ida.userId },
    decisions: yes,
  });
  return [letters, song];
}

async function register(
  past: Past,
  { party, userId }: Person,
  title: string,
  type: works.WorkType,
  holders: readonly works.HolderInput[],
): Promise<string> {
  past.clock.advance(3_600_000);
  const nothing = { createdPlace: null, firstPublished: null, identifiers: [] };
  const { work } = await works.registerWork(past, {
    ...{ party, actor: userId, locale: 'en', holders },
    facts: { ...nothing, title, type, language: 'en', createdYear: 2025, making: 'human' },
    source: { kind: 'fingerprint', sha256: fingerprintOf(past) },
  });
  return work.id;
}

function fingerprintOf(past: Past): string {
  return Buffer.from(past.random(32)).toString('hex');
}

async function publish(past: Past, { party, userId }: Person, workId: string): Promise<string> {
  const who = { workId, partyId: party.id, actor: userId };
  const draft = await offers.saveDraft(past, who, { version: 0, preset: 'own', terms: TERMS });
  const { offer } = await offers.publishOffer(past, { ...who, draftVersion: draft.version });
  return offer.id;
}

/** A model version in October, and answers that quote both works, as the company reports them. */
async function license(past: Past, people: People, workIds: readonly string[]): Promise<void> {
  const { party, userId } = people.get('candela')!;
  const ask = { workIds: [...workIds], licenseeId: party.id, askedBy: `user:${userId}`, months: 12 };
  await at(past, '2026-10-02T13:00:00Z');
  const training = await licensing.quote(past, {
    ...{ ...ask, use: 'ai-train', unit: 'model-version' },
    modelScope: { kind: 'named', name: 'aurora-3' },
  });
  await licensing.acceptQuote(past, { quoteId: training.id, userId });
  const answers = await licensing.quote(past, { ...ask, use: 'ai-input', unit: 'answer', modelScope: null });
  const { agreement } = await licensing.acceptQuote(past, { quoteId: answers.id, userId });
  await at(past, '2026-10-31T17:00:00Z');
  await usage.reportUsage(past, {
    ...{ agreementId: agreement.id, licenseeId: party.id, userId, model: null },
    ...{ from: '2026-10-02', to: '2026-10-31' },
    lines: workIds.map((workId, i) => ({ workId, units: [1_840, 923][i]! })),
  });
}

/** Somebody says that the song is partly his: her share of the money waits. */
async function contest(past: Past, people: People, song: string): Promise<void> {
  const per = people.get('per')!;
  const claims = await works.claimsOf(past, people.get('nordlys')!.party.id);
  const claim = claims.find(({ workId }) => workId === song);
  await works.contestClaim(past, {
    ...{ workId: song, claimId: claim!.id, partyId: per.party.id, actor: per.userId },
    reason: 'The words of the second verse are mine.',
  });
}

async function bankSays(
  past: Past,
  actor: string,
  sequence: number,
  openingMicro: bigint,
  entries: readonly bank.WrittenEntry[],
): Promise<void> {
  const bytes = bankStatement(past.clock.now(), { sequence, openingMicro, entries });
  await bank.importBankStatement(past, { bytes, actor });
  await drain(past);
}

async function payOut(
  past: Past,
  people: People,
  { renke, jule, balance }: { renke: string; jule: string; balance: bigint },
): Promise<void> {
  for (const [key, profile] of Object.entries(PROFILES)) {
    const { party, userId } = people.get(key)!;
    const input = parties.payoutProfileSchema.parse(profile);
    await parties.savePayoutProfile(past, { ...input, partyId: party.id, actor: userId });
  }
  await at(past, '2026-11-11T09:00:00Z');
  const batch = await payouts.proposeBatch(past, { currency: 'EUR', actor: renke });
  past.clock.advance(2 * 3_600_000);
  await payouts.approveBatch(past, { batchId: batch.id, actor: jule });
  const items = await payouts.itemsOfBatch(past, batch.id, { limit: 50 });
  await at(past, '2026-11-13T07:05:00Z');
  await bankSays(
    past,
    renke,
    2,
    balance,
    items.map(({ endToEndId, amountMicro }, i) => {
      return { amountMicro: -amountMicro, reference: `H-23${i}`, endToEndId, remittance: 'Harbour Licences' };
    }),
  );
}

/** What the company found in a dataset it wanted to buy. */
async function checkDataset(past: Past, people: People, letters: string): Promise<void> {
  const { party, userId } = people.get('candela')!;
  const registered = await works.listWorks(past, { partyId: people.get('hanna')!.party.id, limit: 10 });
  const excerpt = { item: [120, 180], work: [40, 100], words: 60 } as const;
  const found = { kind: 'text', words: 60, coverage: 0.14, runs: [excerpt] } as const;
  const report = formatScanReport({
    format: 'clearway-scan-report-1',
    createdAt: past.clock.now().toISOString(),
    tool: { name: 'clearway scan', version: '0.1.0' },
    index: { sha256: fingerprintOf(past), works: 8 },
    inputs: [{ name: 'pages-0007.jsonl', sha256: fingerprintOf(past), bytes: 48_211_907, items: 12_040 }],
    ...{ items: 12_040, words: 7_904_112, bytes: 47_630_220 },
    hits: [
      {
        input: 'pages-0007.jsonl',
        item: 'line 4112',
        work: letters,
        kind: 'bytes',
        sha256: fingerprintOf(past),
      },
      ...registered
        .filter(({ work }) => work.id !== letters)
        .map(({ work }, i) => {
          return { input: 'pages-0007.jsonl', item: `line ${977 + i * 3_000}`, work: work.id, ...found };
        }),
    ],
  });
  await evidence.recordCheck(past, {
    ...{ partyId: party.id, actor: userId, use: 'ai-train', dataset: 'Harbour pages, part 7' },
    bytes: new TextEncoder().encode(report),
  });
}
