import { sha256, verifyStatement } from '@clearway/protocol';
import { kernel } from '@clearway/server';
import type { Client } from '../client.ts';
import { LEO, MAYA, OPERATOR } from '../people.ts';
import { expectStatus, expectThat, type Step, until } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';

type Run = { id: string; state: string; sqlRoot: string; tsRoot: string; totalMicro: string };
type Total = { to: string; amountMicro: string };
type Statement = {
  id: string;
  number: number;
  openingMicro: string;
  earnedMicro: string;
  closingMicro: string;
};

/** Step 17: the paid invoice is divided, what is contested waits, and each payee can compute her statement again. */
export const distribute: Step<SelftestWorld> = {
  number: 17,
  title:
    'Distribution: computed twice with one root, contested shares wait; statements anyone can re-compute',
  async run(world) {
    const [maya, leo] = [world.person(MAYA.key), world.person(LEO.key)];
    const total = await checkRun(world);
    const waiting = (await maya.get('/api/earnings/waiting', JSON_ONLY)).json<{
      waiting: { reason: string; amountMicro: string }[];
    }>().waiting;
    expectThat(
      waiting.length === 1 && waiting[0]!.reason === 'contested',
      `what is contested waits under its name: ${JSON.stringify(waiting)}`,
    );

    const first = await issueStatement(world, maya);
    expectThat(first.openingMicro === '0', 'a first statement begins with nothing');
    const other = await issueStatement(world, leo);
    const earned = BigInt(first.earnedMicro) + BigInt(other.earnedMicro);
    expectThat(earned < total, 'fee and what waits are not in anyone’s statement');
    await checkFile(world, maya, first, 'statement-1.json');
    const page = await maya.get('/earnings');
    expectThat(
      page.text.includes('<svg') && page.text.includes('<table'),
      'her earnings, as chart and table',
    );

    await endContest(world);
    const next = await issueStatement(world, maya);
    expectThat(next.openingMicro === first.closingMicro, 'the next statement opens as the last one closed');
    const released = BigInt(next.earnedMicro);
    expectThat(released === BigInt(waiting[0]!.amountMicro), 'what waited is hers, to the last micro-unit');
    await checkFile(world, maya, next, 'statement-2.json');
    world.notes.set('owed', next.closingMicro);
    return `${Number(first.earnedMicro) / 1e6} + ${Number(released) / 1e6} EUR for her, ${Number(other.earnedMicro) / 1e6} EUR for him`;
  },
};

async function checkRun(world: SelftestWorld): Promise<bigint> {
  const operator = world.person(OPERATOR.key);
  const run = await until(async () => {
    const { runs } = (await operator.get('/api/distribution/runs', JSON_ONLY)).json<{ runs: Run[] }>();
    return runs.length === 1 && runs[0]!.state === 'posted' ? runs[0] : undefined;
  }, 'the run is posted');
  expectThat(
    run.sqlRoot === run.tsRoot && run.sqlRoot.length === 64,
    'SQL and TypeScript found the same root',
  );
  const { totals } = (await operator.get(`/api/distribution/runs/${run.id}`, JSON_ONLY)).json<{
    totals: Total[];
  }>();
  const sum = totals.reduce((all, { amountMicro }) => all + BigInt(amountMicro), 0n);
  expectThat(sum === BigInt(run.totalMicro), 'every micro-unit of the pool went somewhere that has a name');
  const fee = totals.find(({ to }) => to === 'fee');
  expectThat(BigInt(fee?.amountMicro ?? '0') * 20n <= sum, 'the fee is the one that was agreed, not more');
  return sum;
}

async function issueStatement(world: SelftestWorld, payee: Client): Promise<Statement> {
  const issued = await world.person(OPERATOR.key).json('POST', '/api/statements', {});
  expectStatus(issued, 201, 'statements are issued');
  const { statements } = (await payee.get('/api/statements', JSON_ONLY)).json<{ statements: Statement[] }>();
  expectThat(statements[0], 'the payee has a statement');
  return statements[0];
}

/** Downloads a statement, computes it again with the public key alone, and changes a byte. */
async function checkFile(
  world: SelftestWorld,
  payee: Client,
  { id }: Statement,
  name: string,
): Promise<void> {
  const bytes = await payee.bytes(`/api/statements/${id}/file`);
  const { verifierKey: key } = await kernel.documentsKey(world.instance.k);
  const verdict = await verifyStatement(bytes, { key });
  expectThat(verdict.ok, `the statement computes: ${JSON.stringify(verdict.checks.filter(({ ok }) => !ok))}`);
  const stranger = await world.person('stranger').get(`/api/statements/${id}/file`, JSON_ONLY);
  expectThat([401, 404].includes(stranger.status), 'and nobody else gets it');
  const seed = await sha256(bytes);
  for (let turn = 0; turn < 16; turn++) {
    const changed = bytes.slice();
    const at = ((seed[turn]! << 8) | seed[turn + 16]!) % changed.length;
    changed[at] = changed[at]! ^ 1;
    expectThat(!(await verifyStatement(changed, { key })).ok, `a change of byte ${at} is noticed`);
  }
  world.artefacts.set(name, bytes);
}

/** He says that her share in their text is too large; while that is open its money waits. */
export async function contest(world: SelftestWorld): Promise<void> {
  const work = world.notes.get('fileWork')!;
  const maya = world.person(MAYA.key);
  const { claims } = (await maya.get(`/api/works/${work}`, JSON_ONLY)).json<{
    claims: { id: string; sharePpm: number }[];
  }>();
  const claim = claims.find(({ sharePpm }) => sharePpm === 600_000)!.id;
  const reason = 'We agreed on half and half.';
  const said = await world.person(LEO.key).form(`/works/${work}/contest`, { claim, reason });
  expectStatus(said, 200, 'somebody contests a share');
}

async function endContest(world: SelftestWorld): Promise<void> {
  const path = `/works/${world.notes.get('fileWork')}`;
  const leo = world.person(LEO.key);
  const hold = /name="hold" value="([^"]+)"/.exec((await leo.get(path)).text)?.[1];
  expectThat(hold, 'who contested can take it back');
  expectStatus(await leo.form(`${path}/take-back`, { hold }), 200, 'he takes it back');
  await until(async () => {
    const answer = await world.person(MAYA.key).get('/api/earnings/waiting', JSON_ONLY);
    return answer.json<{ waiting: unknown[] }>().waiting.length === 0 || undefined;
  }, 'what waited is released');
  // It is on its way from then on, and in the books when the run that releases it is posted.
  await until(async () => {
    const operator = world.person(OPERATOR.key);
    const { runs } = (await operator.get('/api/distribution/runs', JSON_ONLY)).json<{ runs: Run[] }>();
    return (runs.length === 2 && runs.every(({ state }) => state === 'posted')) || undefined;
  }, 'the release is posted');
}
