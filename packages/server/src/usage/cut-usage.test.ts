import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { asSuperuser } from '../testing/as-superuser.ts';
import { acceptSegment } from './accept-segment.ts';
import { cutUsage, eventsOfCut, readCut, readinessAt } from './index.ts';
import { reportUsage } from './report-usage.ts';
import { chainOf, openUsageWorld, type UsageWorld } from './testing/usage-world.ts';
import { usageChecks } from './usage-checks.ts';

let w: UsageWorld;
beforeAll(async () => {
  w = await openUsageWorld();
});
afterAll(() => w.k.close());

const now = (more = 0) => new Date(w.k.clock.now().getTime() + more);
const cut = (to: Date) => {
  const cutId = w.k.ids.id();
  return inTx(w.k, async (t) => ({ cutId, sums: await cutUsage(t, { cutId, to }) }));
};

async function findings(): Promise<string[]> {
  const found: string[] = [];
  for (const check of usageChecks)
    for (const { ok, detail } of await check.run(w.k)) if (!ok) found.push(`${check.name}: ${detail}`);
  return found;
}

describe('a cut', () => {
  it('takes what lies before it and was not taken, each once, also when two are made at a time', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const at = now().getTime();
    const [one, two] = await chainOf(gate, [
      [
        w.record(1, token),
        w.record(2, token, { at: at + 10 }),
        w.record(3, token, { use: 'ai-train', at: at + 10 }),
      ],
      [w.record(4, token, { at: at + 5 })],
    ]);
    await acceptSegment(w.k, one!.sealed);
    const border = await cut(now(10));
    expect(border.sums).toEqual([
      {
        agreementId: w.agreementId,
        licenseeId: w.company.licenseeId,
        workId: w.workId,
        use: 'ai-input',
        unit: 'fetch',
        grade: 'gate-counted',
        units: 1n,
        reportId: null,
      },
    ]);
    // A late one, for a time that is closed.
    await acceptSegment(w.k, two!.sealed);
    const both = await Promise.all([cut(now(1_000)), cut(now(1_000))]);
    expect(both.map(({ sums }) => sums.map(({ units }) => units)).sort()).toEqual([[], [2n]]);
    const group = { agreementId: w.agreementId, workId: w.workId, use: 'ai-input', grade: 'gate-counted' };
    const last = both.find(({ sums }) => sums.length > 0)!;
    const events = await eventsOfCut(w.k, { cutId: last.cutId, ...group });
    expect(events.map(({ recordSeq }) => recordSeq)).toEqual([2, 4]);
    expect(await eventsOfCut(w.k, { cutId: last.cutId, ...group, after: events[0]! })).toEqual([events[1]]);
    expect(await readCut(w.k, last.cutId)).toEqual(last.sums);
  });

  it('takes reports by the time they were made', async () => {
    const report = await reportUsage(w.k, {
      agreementId: w.agreementId,
      licenseeId: w.company.licenseeId,
      userId: w.company.signer.user.id,
      from: '2026-11-22',
      to: '2026-11-22',
      model: null,
      lines: [{ workId: w.workId, units: 7 }],
    });
    expect((await cut(now())).sums).toEqual([]);
    const { sums } = await cut(now(1));
    expect(sums).toMatchObject([{ reportId: report.id, units: 7n, grade: 'licensee-reported' }]);
  });

  it('is made of what can never change again', async () => {
    for (const change of [
      sql`update usage.events set units = 2`,
      sql`update usage.events set fault = 'over-cap'`,
      sql`update usage.events set cut_id = null`,
      sql`update usage.cuts set to_at = now()`,
      sql`delete from usage.report_cuts`,
    ]) {
      await expect(change.execute(w.k.db)).rejects.toThrow('never changes');
    }
  });

  it('says before which gates were heard and what it would take', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const chain = await chainOf(gate, [[w.record(1, token)], [w.record(2, token)], [w.record(3, token)]]);
    await acceptSegment(w.k, chain[0]!.sealed);
    await acceptSegment(w.k, chain[2]!.sealed);
    const mine = async (at: Date) =>
      (await readinessAt(w.k, at)).gates.find(({ gateId }) => gateId === gate.gate.id);
    expect(await mine(now())).toMatchObject({ heard: true, waiting: 1 });
    expect(await mine(now(1))).toMatchObject({ heard: false, waiting: 1 });
    expect((await readinessAt(w.k, now(1))).uncut).toEqual({ events: 1n, reports: 0n });
    await acceptSegment(w.k, chain[1]!.sealed);
    expect(await mine(now())).toMatchObject({ heard: true, waiting: 0 });
  });
});

describe('the checks of usage', () => {
  it('find nothing wrong with what was counted', async () => {
    const gate = await w.gate();
    const token = await w.token({ cap: 1 });
    const stranger = w.k.ids.id();
    const chain = await chainOf(gate, [
      [w.record(1, token), w.record(2, token), w.record(3, stranger)],
      [w.record(4, await w.token(), { agent: 'Bot', signature: 'sig1=:AA==:' })],
    ]);
    for (const { sealed } of chain) await acceptSegment(w.k, sealed);
    expect(await findings()).toEqual([]);
  });

  it('name the row a superuser changed', async () => {
    const event = (
      await sql<{ gate_id: string; record_seq: bigint }>`select gate_id, record_seq from usage.events
        where fault is null and cut_id is not null limit 1`.execute(w.k.db)
    ).rows[0]!;
    const one = sql`where gate_id = ${event.gate_id} and record_seq = ${event.record_seq}`;
    const name = `usage.events gate_id ${event.gate_id}, record_seq ${event.record_seq}: `;
    const other = w.k.ids.id();
    const attempts: [RawBuilder<unknown>, RawBuilder<unknown>, string][] = [
      [sql`units = 5`, sql`units = 1`, `${name}units is 5`],
      [sql`use = 'ai-train'`, sql`use = 'ai-input'`, `${name}use is ai-train`],
      [sql`work_id = ${other}`, sql`work_id = ${w.workId}`, `${name}work_id is ${other}`],
      [sql`agreement_id = ${other}`, sql`agreement_id = ${w.agreementId}`, `${name}agreement_id is ${other}`],
      [sql`fault = 'other-use'`, sql`fault = null`, `${name}fault is other-use`],
    ];
    for (const [change, back, named] of attempts) {
      await asSuperuser(w.k, sql`update usage.events set ${change} ${one}`);
      const found = await findings();
      expect(found.join('\n')).toContain(named);
      await asSuperuser(w.k, sql`update usage.events set ${back} ${one}`);
    }
    expect(await findings()).toEqual([]);

    const rows: [RawBuilder<unknown>, RawBuilder<unknown>, string][] = [
      [
        sql`update usage.rollups set units = units + 1`,
        sql`update usage.rollups set units = units - 1`,
        'usage.rollups agreement_id',
      ],
      [
        sql`update usage.report_lines set units = 8`,
        sql`update usage.report_lines set units = 7`,
        'usage.report_lines report_id',
      ],
      [
        sql`update usage.segments set sealed = replace(sealed, '.', '.e') where seq = 1 and gate_id = ${event.gate_id}`,
        sql`update usage.segments set sealed = replace(sealed, '.e', '.') where seq = 1 and gate_id = ${event.gate_id}`,
        `usage.segments gate_id ${event.gate_id}, seq 1`,
      ],
    ];
    for (const [change, back, named] of rows) {
      await asSuperuser(w.k, change);
      expect((await findings()).join('\n')).toContain(named);
      if (!named.startsWith('usage.segments')) await asSuperuser(w.k, back);
    }
  });
});
