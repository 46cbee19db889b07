import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  chainFaults,
  formatVerifierKey,
  generateKeyPair,
  type KeyPair,
  readStatementFile,
  type Statement,
  type StatementLine,
  sealStatement,
  type UsageReference,
  usageHash,
  utf8,
  verifyStatement,
  writeStatementFile,
} from '../index.ts';

const FROM = '2026-10-31T23:00:00.000Z';
const TO = '2026-11-30T23:00:00.000Z';
let pair: KeyPair;
let verifierKey: string;
beforeAll(async () => {
  pair = await generateKeyPair();
  verifierKey = await formatVerifierKey('rights.example/documents', pair.publicKey);
});

type Input = {
  readonly references: readonly UsageReference[];
  readonly price: { readonly amountMicro: bigint; readonly perUnits: bigint };
  readonly feePpm: number;
  readonly weights: readonly bigint[];
  readonly own: number;
};

/** Half away from zero with decimals instead of fractions of integers: another way than the package's. */
function oracleRound(numerator: bigint, denominator: bigint): bigint {
  const scaled = (numerator * 10n) / denominator;
  const digit = scaled % 10n;
  return scaled / 10n + (digit >= 5n ? 1n : 0n);
}

/** Gives out one by one to whoever is furthest behind the exact share: another way than sorting remainders once. */
function oracleSplit(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => (total * weight - ((total * weight) % whole)) / whole);
  const behind = weights.map((weight) => (total * weight) % whole);
  let left = total - parts.reduce((sum, part) => sum + part, 0n);
  while (left > 0n) {
    let best = -1;
    for (const [i, gap] of behind.entries()) if (best === -1 || gap > behind[best]!) best = i;
    parts[best]! += 1n;
    behind[best] = -1n;
    left -= 1n;
  }
  return parts;
}

async function lineOf(
  id: string,
  { references, price, feePpm, weights, own }: Input,
): Promise<StatementLine> {
  const units = references.reduce((sum, reference) => sum + BigInt(reference.units), 0n);
  const rated = oracleRound(units * price.amountMicro, price.perUnits);
  const fee = oracleRound(rated * BigInt(feePpm), 1_000_000n);
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const amount = oracleSplit(rated - fee, weights)[own]!.toString();
  return {
    id,
    invoiceLine: `invoice-${id}`,
    kind: 'usage',
    work: { id: 'work-1', title: 'Die See' },
    claim: `claim-${own}`,
    agreement: 'agreement-1',
    licensee: { id: 'party-2', name: 'Models & Söhne' },
    use: 'ai-input',
    unit: 'fetch',
    grade: 'gate-counted',
    units: units.toString(),
    price: { amountMicro: price.amountMicro.toString(), perUnits: price.perUnits.toString() },
    offerSha256: 'ab'.repeat(32),
    usage: { count: references.length, sha256: await usageHash(references) },
    rated: rated.toString(),
    steps: [
      {
        run: 'run-1',
        amountIn: rated.toString(),
        takes: [],
        base: '0',
        feePpm,
        fee: fee.toString(),
        split: weights.map((weight, i) => ({
          key: `k${i}`,
          weight: weight.toString(),
          sharePpm: Number((weight * 1_000_000n) / whole),
          claim: `claim-${i}`,
        })),
      },
    ],
    key: `k${own}`,
    fee: oracleSplit(fee, weights)[own]!.toString(),
    amount,
  };
}

async function statementOf(inputs: readonly Input[], change: Partial<Statement> = {}) {
  const lines = await Promise.all(inputs.map((input, i) => lineOf(`l${i}`, input)));
  const earned = lines.reduce((sum, line) => sum + BigInt(line.amount), 0n);
  const statement: Statement = {
    format: 'clearway-statement-1',
    issuer: 'https://rights.example',
    number: 2,
    payee: { id: 'party-1', name: 'Mara Holt' },
    currency: 'EUR',
    period: { from: FROM, to: TO },
    opening: '5000000',
    lines,
    movements: [
      {
        journal: 'j1',
        kind: 'payout-ordered',
        reference: 'batch-1',
        at: FROM,
        payable: '-4000000',
        inPayout: '4000000',
      },
      {
        journal: 'j2',
        kind: 'payout-paid',
        reference: 'batch-1',
        at: FROM,
        payable: '0',
        inPayout: '-4000000',
      },
    ],
    closing: (1_000_000n + earned).toString(),
    inPayout: { opening: '0', closing: '0' },
    previous: 'cd'.repeat(32),
    issuedAt: TO,
    objectionUntil: TO,
    ...change,
  };
  const usage = Object.fromEntries(inputs.map(({ references }, i) => [`l${i}`, references]));
  return { statement, usage };
}

async function fileOf(statement: Statement, usage: { [line: string]: readonly UsageReference[] }) {
  const sealed = await sealStatement(statement, { kid: 'd1', privateKey: pair.privateKey });
  return writeStatementFile({ format: 'clearway-statement-file-1', verifierKey, statement: sealed, usage });
}

const refs = (...units: number[]): UsageReference[] =>
  units.map((count, i) => ({ id: `gate-1:${i}`, at: FROM, units: count, path: '/a' }));
const plain: Input = {
  references: refs(1, 2, 4),
  price: { amountMicro: 1_000n, perUnits: 3n },
  feePpm: 50_000,
  weights: [600_000n, 300_000n, 100_000n],
  own: 1,
};
const failed = async (file: Uint8Array, key: string | null = verifierKey) => {
  const { checks } = await verifyStatement(file, key === null ? {} : { key });
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
};

test('a statement made by an independent hand adds up', async () => {
  const input = fc.record({
    references: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 5 }).map((all) => refs(...all)),
    price: fc.record({
      amountMicro: fc.bigInt({ min: 0n, max: 10_000_000n }),
      perUnits: fc.bigInt({ min: 1n, max: 1_000n }),
    }),
    feePpm: fc.integer({ min: 0, max: 1_000_000 }),
    weights: fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 7 }),
    own: fc.constant(0),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(input, { maxLength: 4 }), async (inputs) => {
      const { statement, usage } = await statementOf(inputs);
      const { ok, checks } = await verifyStatement(await fileOf(statement, usage), { key: verifierKey });
      expect(
        checks.filter((check) => !check.ok),
        'what failed',
      ).toEqual([]);
      expect(ok).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('half a cent over seven people falls to them to the last millionth', async () => {
  const seven = { ...plain, references: refs(1), price: { amountMicro: 5_000n, perUnits: 1n }, feePpm: 0 };
  let sum = 0n;
  for (let own = 0; own < 7; own += 1) {
    const { statement, usage } = await statementOf([{ ...seven, weights: Array(7).fill(1n), own }]);
    expect(await failed(await fileOf(statement, usage))).toEqual([]);
    sum += BigInt(statement.lines[0]!.amount);
  }
  expect(sum).toBe(5_000n);
});

test('changing, adding or leaving out any byte of the file is noticed, with a key and without', async () => {
  const { statement, usage } = await statementOf([plain]);
  const file = await fileOf(statement, usage);
  const whole = await failed(file, null);
  expect(whole).toEqual(['key']);
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(file, (byte, i) => (i === at ? byte ^ by : byte));
      expect((await failed(changed)).length).toBeGreaterThan(0);
      expect((await verifyStatement(changed)).ok).toBe(false);
      const less = Uint8Array.from([...file.subarray(0, at), ...file.subarray(at + 1)]);
      expect((await failed(less)).length).toBeGreaterThan(0);
      expect((await failed(file.subarray(0, at))).length).toBeGreaterThan(0);
      expect((await failed(Uint8Array.from([...file, by]))).length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('without a key it is only said to add up; with another key it is refused', async () => {
  const { statement, usage } = await statementOf([plain]);
  const file = await fileOf(statement, usage);
  expect(await verifyStatement(file)).toMatchObject({ ok: false, keyGiven: false });
  const stranger = await formatVerifierKey('rights.example/documents', (await generateKeyPair()).publicKey);
  expect(await failed(file, stranger)).toEqual(['file', 'signature']);
  expect(await failed(file, 'no key')).toEqual(['key', 'file', 'signature']);
  expect(await failed(file, `${stranger}\n${verifierKey}\n`)).toEqual([]);
});

describe('a good signature does not hide', () => {
  type Draft = { -readonly [K in keyof Statement]: Statement[K] };
  const cases: [string, (s: Draft, line: StatementLine) => void, string[]][] = [
    ['a line left out', (s) => (s.lines = s.lines.slice(1)), ['usage', 'sum']],
    ['a line twice', (s, line) => (s.lines = [...s.lines, line]), ['sum', 'order']],
    ['units nobody counted', (s, line) => (s.lines = [{ ...line, units: '8' }]), ['usage', 'price']],
    ['another price', (s, line) => (s.lines = [{ ...line, rated: '3333' }]), ['price', 'split']],
    ['a higher fee', (s, line) => (s.lines = [withStep(line, { fee: '118' })]), ['fee']],
    ['a share of another size', (s, line) => (s.lines = [reweighted(line)]), ['fee', 'split']],
    ['a part too small', (s, line) => (s.lines = [{ ...line, amount: '664' }]), ['split', 'sum']],
    ['another fee on the part', (s, line) => (s.lines = [{ ...line, fee: '1' }]), ['fee']],
    ['a share nobody has', (s, line) => (s.lines = [{ ...line, key: 'k9' }]), ['split']],
    ['a closing that is not the sum', (s) => (s.closing = '1'), ['sum']],
    ['money lost on its way', (s) => (s.inPayout = { opening: '0', closing: '1' }), ['sum']],
    [
      'a movement of another time',
      (s) => (s.movements = s.movements.map((one) => ({ ...one, at: TO }))),
      ['order'],
    ],
    [
      'uses other than those in the file',
      (s, line) => (s.lines = [{ ...line, usage: { ...line.usage, sha256: '00'.repeat(32) } }]),
      ['usage'],
    ],
  ];
  const withStep = (line: StatementLine, change: Partial<StatementLine['steps'][number]>) => ({
    ...line,
    steps: [{ ...line.steps[0]!, ...change }],
  });
  const reweighted = (line: StatementLine) => {
    const { split } = line.steps[0]!;
    return withStep(line, { split: split.map((share) => ({ ...share, weight: '1' })) });
  };

  test.each(cases)('%s', async (_name, change, expected) => {
    const { statement, usage } = await statementOf([plain]);
    const draft: Draft = { ...statement };
    change(draft, statement.lines[0]!);
    expect(await failed(await fileOf(draft, usage))).toEqual(expected);
  });
});

test('a credit takes back with the fee, and money that waited is followed through both divisions', async () => {
  const { statement, usage } = await statementOf([plain]);
  const [line] = statement.lines;
  const step = line!.steps[0]!;
  const back: StatementLine = {
    ...line!,
    id: 'l1',
    kind: 'credit',
    corrects: line!.invoiceLine,
    units: '-7',
    rated: '-2333',
    usage: { count: 0, sha256: await usageHash([]) },
    steps: [{ ...step, amountIn: '-2333', base: '2333', fee: `-${step.fee}` }],
    fee: `-${line!.fee}`,
    amount: `-${line!.amount}`,
  };
  const waited: StatementLine = {
    ...line!,
    id: 'l2',
    kind: 'flat',
    steps: [
      step,
      {
        run: 'run-2',
        amountIn: line!.amount,
        takes: [{ step: 0, keys: ['k1'] }],
        base: '0',
        feePpm: 0,
        fee: '0',
        split: [{ key: 'all', weight: '300000', sharePpm: 300_000, claim: 'claim-1' }],
      },
    ],
    key: 'all',
    fee: '0',
  };
  const both = {
    ...statement,
    lines: [line!, back, waited],
    closing: (1_000_000n + BigInt(line!.amount)).toString(),
  };
  const file = await fileOf(both, { ...usage, l1: [], l2: usage.l0! });
  expect((await verifyStatement(file, { key: verifierKey })).checks.filter(({ ok }) => !ok)).toEqual([]);

  const take = waited.steps[1]!;
  const wrong = [
    { ...take, takes: [] },
    { ...take, takes: [{ step: 0, keys: ['k2'] }] },
    { ...take, takes: [{ step: 0, keys: ['k1', 'k1'] }] },
    { ...take, takes: [{ step: 1, keys: ['all'] }] },
    { ...take, takes: [{ step: 0, keys: ['k9'] }] },
  ];
  for (const second of wrong) {
    const lines = [line!, back, { ...waited, steps: [step, second] }];
    expect(await failed(await fileOf({ ...both, lines }, { ...usage, l1: [], l2: usage.l0! }))).toEqual([
      'split',
    ]);
  }
});

test('what is no statement file is refused with a reason', async () => {
  const { statement, usage } = await statementOf([plain]);
  const file = await fileOf(statement, usage);
  const textOf = new TextDecoder().decode(file);
  const bad: [Uint8Array, string][] = [
    [file.subarray(0, 100), 'At character'],
    [new Uint8Array(), 'a value is expected'],
    [utf8(`{"usage":{},${textOf.slice(1)}`), 'repeats'],
    [utf8(` ${textOf}`), 'canonical'],
    [Uint8Array.of(0xff, 0xfe), 'UTF-8'],
    [utf8(textOf.replace('file-1', 'file-2')), 'clearway-statement-file-1'],
    [utf8('['.repeat(100_000)), 'level'],
    [new Uint8Array(64 * 1024 * 1024 + 1), 'over'],
  ];
  for (const [bytes, reason] of bad) {
    const { ok, checks } = await verifyStatement(bytes, { key: verifierKey });
    expect(ok).toBe(false);
    expect(checks.map(({ name }) => name)).toEqual(['key', 'file']);
    expect(checks[1]!.detail).toContain(reason);
  }
  expect(readStatementFile(file).usage.l0).toEqual(plain.references);
});

test('statements continue each other, and a gap, a swap or a step in between is named', async () => {
  const first = await statementOf([plain], {
    number: 1,
    opening: '0',
    period: { to: FROM },
    movements: [],
    issuedAt: FROM,
    objectionUntil: TO,
  });
  const { previous: _none, ...one } = { ...first.statement, closing: first.statement.lines[0]!.amount };
  const verdict = await verifyStatement(await fileOf(one, first.usage), { key: verifierKey });
  expect(verdict.ok).toBe(true);
  const second = await statementOf([plain], { previous: verdict.sha256!, opening: one.closing });
  const opening = BigInt(one.closing);
  const two = {
    ...second.statement,
    closing: (opening - 4_000_000n + BigInt(second.statement.lines[0]!.amount)).toString(),
  };
  const next = await verifyStatement(await fileOf(two, second.usage), { key: verifierKey });
  expect(next.ok).toBe(true);
  expect(chainFaults([next, verdict])).toEqual([]);
  const about = async (change: Partial<Statement>) =>
    chainFaults([
      verdict,
      await verifyStatement(await fileOf({ ...two, ...change }, second.usage), { key: verifierKey }),
    ]).join();
  expect(await about({ number: 3 })).toContain('does not follow 1');
  expect(await about({ previous: '00'.repeat(32) })).toContain('names another');
  expect(await about({ opening: '1' })).toContain('does not open');
  expect(await about({ period: { from: TO, to: TO } })).toContain('does not begin');
  expect(await about({ payee: { id: 'party-9', name: 'Jo' } })).toBe('');
});
