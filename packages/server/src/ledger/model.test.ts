import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx, Problem } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { verifyBooks } from '../verify-books.ts';
import {
  type AccountKind,
  balanceAt,
  balances,
  closeBooks,
  entriesOf,
  type JournalInput,
  type Line,
  ledgerChecks,
  placeHold,
  postJournals,
  releaseHold,
  reverseJournal,
} from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

const wrong = async () => (await verifyBooks(k, ledgerChecks)).filter(({ ok }) => !ok);

/** The books as anybody would keep them on paper. */
class Oracle {
  readonly booked = new Map<string, { id: string; lines: readonly Line[]; at: Date }>();
  readonly accounts = new Map<string, { amount: bigint; balance: bigint; at: Date }[]>();
  readonly held = new Map<string, bigint>();
  readonly holds: { id: string; owner: string; amount: bigint }[] = [];
  closedTo = new Date(0);
  /** The world of one play; others share the database, its clock and its closings. */
  readonly world: string;
  constructor(world: string) {
    this.world = world;
  }

  balance(name: string): bigint {
    return this.accounts.get(name)?.at(-1)?.balance ?? 0n;
  }

  /** Books all or none; answers the code of the problem, if there is one. */
  book(journals: readonly { key: string; wanted?: Date; lines: readonly Line[] }[], now: Date) {
    const fresh = new Map<string, { lines: readonly Line[]; at: Date }>();
    let problem: string | undefined;
    for (const { key, wanted, lines } of journals) {
      const old = this.booked.get(key) ?? fresh.get(key);
      const at = wanted ?? (now < this.closedTo ? this.closedTo : now);
      if (!old) {
        fresh.set(key, { lines, at });
        if (at < this.closedTo) problem ??= 'period-closed';
      } else if (show(old.lines) !== show(lines) || (wanted && +wanted !== +old.at))
        return { problem: 'journal-differs' };
    }
    if (problem) return { problem };
    // Whoever is short on both may hear of either.
    const unbalanced = [...fresh.values()].some(
      ({ lines }) => lines.reduce((sum, line) => sum + line.amountMicro, 0n) !== 0n,
    );
    const after = new Map<string, bigint>();
    for (const { lines } of fresh.values())
      for (const line of lines) {
        const name = nameOf(line);
        const balance = (after.get(name) ?? this.balance(name)) + line.amountMicro;
        after.set(name, balance);
        if (balance < 0n && ['prepaid', 'in-payout', 'refund-due'].includes(line.kind))
          problem = 'balance-too-low';
      }
    for (const [name, balance] of after)
      if (name.startsWith('prepaid ') && balance < (this.held.get(name) ?? 0n)) problem = 'balance-too-low';
    if (unbalanced) problem = problem ? `${problem} or journal-unbalanced` : 'journal-unbalanced';
    if (problem) return { problem };
    for (const { lines, at } of fresh.values())
      for (const line of lines) {
        const name = nameOf(line);
        const history = this.accounts.get(name) ?? [];
        history.push({ amount: line.amountMicro, balance: this.balance(name) + line.amountMicro, at });
        this.accounts.set(name, history);
      }
    return { fresh };
  }
}

const nameOf = ({ kind, owner, currency }: Omit<Line, 'amountMicro'>) => `${kind} ${owner} ${currency}`;
const show = (lines: readonly Line[]) =>
  lines.map((line) => `${nameOf(line)} ${line.amountMicro}`).join('\n');
const codeOf = (error: unknown) => {
  if (error instanceof Problem) return error.code;
  throw error;
};

type Command = fc.AsyncCommand<Oracle, TestKernel>;
const always = () => true;

/** Posts journals, some again and some with other lines; the answers and problems are those of the oracle. */
function post(
  journals: readonly { key: number; back: number | undefined; lines: readonly Line[] }[],
): Command {
  return {
    check: always,
    toString: () => `post ${journals.map(({ key, back, lines }) => `${key} ${back} [${show(lines)}]`)}`,
    async run(model, k) {
      const now = k.clock.now();
      const given = journals.map(({ key, back, lines }) => ({
        key: `${model.world} ${key}`,
        ...(back === undefined ? {} : { wanted: new Date(now.getTime() - back) }),
        lines: lines.map((line) => ({ ...line, owner: line.owner && `${model.world}-${line.owner}` })),
      }));
      const input = given.map(
        ({ key, wanted, lines }): JournalInput => ({
          kind: 'model',
          reference: key,
          ...(wanted ? { effectiveAt: wanted } : {}),
          lines,
        }),
      );
      const { problem, fresh } = model.book(given, now);
      if (problem)
        return expect(await postJournals(k, input).then(() => 'booked', codeOf)).toBeOneOf(
          problem.split(' or '),
        );
      const done = await postJournals(k, input);
      const first = new Set<string>();
      for (const [i, { key }] of given.entries()) {
        const { journalId: id, booked } = done[i]!;
        expect(booked).toBe(fresh!.has(key) && !first.has(key));
        first.add(key);
        if (booked) model.booked.set(key, { id, ...fresh!.get(key)! });
        else expect(id).toBe(model.booked.get(key)!.id);
      }
    },
  };
}

/** Takes back one of the journals, once. */
function reverse(which: number): Command {
  return {
    check: ({ booked }) => booked.size > 0,
    toString: () => `reverse ${which}`,
    async run(model, k) {
      const all = [...model.booked];
      const [key, journal] = all[which % all.length]!;
      const input = { journalId: journal.id, reference: `${key} back` };
      if (model.booked.has(input.reference)) {
        const { id } = model.booked.get(input.reference)!;
        return expect(await reverseJournal(k, input)).toEqual({ journalId: id, booked: false });
      }
      const lines = journal.lines.map((line) => ({ ...line, amountMicro: -line.amountMicro }));
      const { problem, fresh } = model.book([{ key: input.reference, lines }], k.clock.now());
      if (problem)
        return expect(await reverseJournal(k, input).then(() => 'booked', codeOf)).toBeOneOf(
          problem.split(' or '),
        );
      const { journalId: id, booked } = await reverseJournal(k, input);
      expect(booked).toBe(true);
      model.booked.set(input.reference, { id, ...fresh!.get(input.reference)! });
      const other = { ...input, reference: `${key} again` };
      expect(await reverseJournal(k, other).then(() => 'booked', codeOf)).toBe('journal-reversed');
    },
  };
}

function hold(owner: string, amount: bigint): Command {
  return {
    check: always,
    toString: () => `hold ${owner} ${amount}`,
    async run(model, k) {
      const partyId = `${model.world}-${owner}`;
      const name = `prepaid ${partyId} EUR`;
      const already = model.held.get(name) ?? 0n;
      const input = { partyId, currency: 'EUR', reference: k.ids.id(), expiresAt: k.clock.now() };
      const placed = await inTx(k, (t) => placeHold(t, { ...input, choose: () => amount }));
      expect(placed !== undefined).toBe(amount > 0n && amount <= model.balance(name) - already);
      if (!placed) return;
      model.held.set(name, already + amount);
      model.holds.push({ id: placed.id, owner: name, amount });
    },
  };
}

function release(which: number): Command {
  return {
    check: ({ holds }) => holds.length > 0,
    toString: () => `release ${which}`,
    async run(model, k) {
      const [one] = model.holds.splice(which % model.holds.length, 1);
      expect(await inTx(k, (t) => releaseHold(t, one!.id))).toBe(true);
      expect(await inTx(k, (t) => releaseHold(t, one!.id))).toBe(false);
      model.held.set(one!.owner, model.held.get(one!.owner)! - one!.amount);
    },
  };
}

/** Time goes on, and then what is so long ago is closed. */
function close(back: number): Command {
  return {
    check: always,
    toString: () => `close ${back}`,
    async run(model, k) {
      k.clock.advance(1_000);
      const to = new Date(k.clock.now().getTime() - back);
      expect(await closeBooks(k, { to, actor: 'model' })).toBe(to > model.closedTo);
      if (to > model.closedTo) model.closedTo = to;
    },
  };
}

/** Every account, balance and version is as the oracle has it. */
async function compare(model: Oracle): Promise<void> {
  for (const [name, history] of model.accounts) {
    const [kind, owner, currency] = name.split(' ') as [AccountKind, string, string];
    if (owner === '') continue;
    const account = { kind, owner, currency };
    const entries = await entriesOf(k, account, { limit: 1_000 });
    expect(
      entries.map(({ amountMicro, balanceAfter, effectiveAt }) => [amountMicro, balanceAfter, effectiveAt]),
    ).toEqual(history.map(({ amount, balance, at }) => [amount, balance, at]));
    expect((await balances(k, account))[0]?.balanceMicro).toBe(model.balance(name));
    const before = history
      .filter(({ at }) => at < model.closedTo)
      .reduce((sum, { amount }) => sum + amount, 0n);
    expect(await balanceAt(k, account, model.closedTo)).toBe(before);
  }
}

const amounts = fc.bigInt({ min: -20n, max: 60n });
const kinds = fc.constantFrom<AccountKind>(
  'prepaid',
  'payable',
  'in-payout',
  'refund-due',
  'receivable',
  'pool',
);
const lines = fc
  .array(fc.record({ kind: kinds, owner: fc.constantFrom('a', 'b'), amountMicro: amounts }), { maxLength: 4 })
  .chain((some) => {
    const rest = some.map((line) => ({ ...line, currency: 'EUR' })).filter((line) => line.amountMicro !== 0n);
    const sum = rest.reduce((total, line) => total + line.amountMicro, 0n);
    const bank = { kind: 'bank' as const, owner: '', currency: 'EUR', amountMicro: -sum };
    const whole: Line[] = sum === 0n ? rest : [...rest, bank];
    return fc.oneof(
      { weight: 12, arbitrary: fc.constant(whole) },
      { weight: 1, arbitrary: fc.constant(rest) },
    );
  });
const journal = fc.record({
  key: fc.nat(14),
  back: fc.option(fc.constantFrom(0, 500, 1_500, 4_000), { nil: undefined, freq: 3 }),
  lines,
});
const commands = [
  fc.array(journal, { minLength: 1, maxLength: 4 }).map(post),
  fc.array(journal, { minLength: 1, maxLength: 2 }).map(post),
  fc.nat(20).map(reverse),
  fc.tuple(fc.constantFrom('a', 'b'), fc.bigInt({ min: 0n, max: 40n })).map(([owner, n]) => hold(owner, n)),
  fc.nat(5).map(release),
  fc.constantFrom(0, 700, 2_000).map(close),
];

it('keeps books as an oracle in memory does, whatever is posted, reversed, held, closed and tried again', async () => {
  let worlds = 0;
  let closedTo = new Date(0);
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (play) => {
      const model = new Oracle(`w${worlds++}`);
      model.closedTo = closedTo;
      try {
        await fc.asyncModelRun(() => ({ model, real: k }), play);
        await compare(model);
      } finally {
        closedTo = model.closedTo;
      }
    }),
    { numRuns: 150 },
  );
  expect(await wrong()).toEqual([]);
}, 60_000);

it('eight clients at once leave books that are right', async () => {
  const owners = Array.from({ length: 6 }, (_, i) => `c${i}`);
  const random = fc.sample(fc.nat(1_000_000), { seed: 7, numRuns: 4_000 });
  let at = 0;
  const pick = (below: number) => random[at++ % random.length]! % below;
  const outcomes = new Map<string, number>();
  const count = (name: string) => outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  let last: string | undefined;
  const turns: (() => Promise<unknown>)[] = [
    // References of two clients meet, in any order; what differs is refused.
    async () => {
      const journals = Array.from({ length: 1 + pick(8) }, (): JournalInput => {
        const key = pick(150);
        const [from, to] = [owners[key % 6]!, owners[(key * 7 + 1) % 6]!];
        const amountMicro = BigInt(pick(12) === 0 ? 1 : key);
        return {
          kind: 'eight',
          reference: `e${key}`,
          lines: [
            { kind: key % 3 ? 'prepaid' : 'payable', owner: to, currency: 'EUR', amountMicro },
            {
              kind: key % 5 ? 'receivable' : 'prepaid',
              owner: from,
              currency: 'EUR',
              amountMicro: -amountMicro,
            },
          ],
        };
      });
      const done = await postJournals(k, journals);
      for (const { booked, journalId } of done) {
        count(booked ? 'booked' : 'known');
        last = journalId;
      }
    },
    async () => {
      if (last) await reverseJournal(k, { journalId: last, reference: `back ${pick(1_000_000)}` });
      count('reversed');
    },
    async () => {
      const placed = await inTx(k, (t) =>
        placeHold(t, {
          partyId: owners[pick(6)]!,
          currency: 'EUR',
          reference: k.ids.id(),
          expiresAt: t.clock.now(),
          choose: (available) => available / 3n,
        }),
      );
      if (placed && pick(2)) await inTx(k, (t) => releaseHold(t, placed.id));
      count('held');
    },
    async () => {
      k.clock.advance(10);
      await closeBooks(k, { to: new Date(k.clock.now().getTime() - 5), actor: 'eight' });
      count('closed');
    },
  ];
  const client = async () => {
    for (let i = 0; i < 60; i += 1)
      await turns[[0, 0, 0, 0, 1, 2, 3][pick(7)]!]!().catch((error: unknown) => count(codeOf(error)));
  };
  await Promise.all(Array.from({ length: 8 }, client));
  for (const name of ['booked', 'known', 'reversed', 'held', 'closed', 'journal-differs', 'journal-reversed'])
    expect(outcomes.get(name), name).toBeGreaterThan(0);
  expect(await wrong()).toEqual([]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ledger.journals
    where kind = 'eight'`.execute(k.db);
  expect(rows[0]!.n).toBe(outcomes.get('booked'));
});
