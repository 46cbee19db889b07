import { createHash } from 'node:crypto';
import type { Finding, IntegrityCheck, Kernel } from '../kernel/index.ts';
import { readInstance } from '../kernel/index.ts';
import { findTokens } from '../licensing/index.ts';
import { checkSegments, MOST_FINDINGS } from './check-segments.ts';
import { differentRollups, type KeptReport, keptReports, strayEvents, wrongCaps } from './store-checks.ts';

/** Whether events, roll-ups and reports still say what gates and licensees signed. */
export const usageChecks: readonly IntegrityCheck[] = [
  { name: 'usage.events-are-segments', run: checkSegments },
  { name: 'usage.events-are-of-segments', run: checkStrays },
  { name: 'usage.caps-hold', run: checkCaps },
  { name: 'usage.rollups-are-events', run: checkRollups },
  { name: 'usage.reports-are-documents', run: checkReports },
];

const answer = (wrong: readonly string[], right: string): Finding[] =>
  wrong.length === 0 ? [{ ok: true, detail: right }] : wrong.map((detail) => ({ ok: false, detail }));

async function checkStrays(k: Kernel): Promise<Finding[]> {
  const strays = await strayEvents(k.db);
  return answer(
    strays.map(
      ({ gateId, recordSeq }) =>
        `usage.events gate_id ${gateId}, record_seq ${recordSeq}: of no counted segment`,
    ),
    'every event is of a counted segment',
  );
}

async function checkCaps(k: Kernel): Promise<Finding[]> {
  const suspects = await wrongCaps(k.db);
  const tokens = await findTokens(
    k,
    suspects.map(({ tokenId }) => tokenId),
  );
  const wrong = suspects.flatMap(({ tokenId, counted, over, tokenCount }) => {
    const name = `usage.token_counts token_id ${tokenId}`;
    if (tokenCount !== counted + over)
      return [`${name}: counted is ${tokenCount}, events are ${counted + over}`];
    const cap = tokens.get(tokenId)?.cap;
    if (cap !== undefined && counted === BigInt(cap)) return [];
    return [
      `usage.events token_id ${tokenId}: ${counted} count and ${over} do not, its cap is ${cap ?? 'none'}`,
    ];
  });
  return answer(wrong, 'what is beyond a cap counts for nobody, everything else counts');
}

async function checkRollups(k: Kernel): Promise<Finding[]> {
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const different = await differentRollups(k.db, zone);
  return answer(
    different.map(
      ({ agreementId, workId, use, unit, grade, day, kept, again }) =>
        `usage.rollups agreement_id ${agreementId}, work_id ${workId}, day ${day}, use ${use}, unit ${unit}, ` +
        `grade ${grade}: units is ${kept ?? 'missing'}, events and reports say ${again ?? 'nothing'}`,
    ),
    'the sums by day are those of events and reports',
  );
}

async function checkReports(k: Kernel): Promise<Finding[]> {
  const wrong: string[] = [];
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const page = await keptReports(k.db, after, 200);
    for (const report of page) wrong.push(...differencesOf(report));
    count += page.length;
    after = page.at(-1)?.id;
    if (page.length < 200 || wrong.length >= MOST_FINDINGS) break;
  }
  return answer(wrong, `${count} reports are the documents that were signed for`);
}

function differencesOf(report: KeptReport): string[] {
  const name = `usage.reports id ${report.id}`;
  if (createHash('sha256').update(report.document).digest('hex') !== report.sha256)
    return [`${name}: document is not the one under its sha256`];
  const said = JSON.parse(report.document) as {
    [member: string]: unknown;
    lines: readonly { work: string; units: string }[];
  };
  const members = [
    ['agreement_id', report.agreementId, said.agreement],
    ['licensee_id', report.licenseeId, said.licensee],
    ['use', report.use, said.use],
    ['unit', report.unit, said.unit],
    ['from_day', report.from, said.from],
    ['to_day', report.to, said.to],
  ] as const;
  const found = members
    .filter(([, is, was]) => is !== was)
    .map(([column, is, was]) => `${name}: ${column} is ${is}, its document says ${was}`);
  const lines = new Map(report.lines.map(({ work, units }) => [work, units]));
  for (const { work, units } of said.lines) {
    if (lines.get(work) !== units)
      found.push(
        `usage.report_lines report_id ${report.id}, work_id ${work}: units is ${lines.get(work) ?? 'missing'}, ` +
          `its document says ${units}`,
      );
    lines.delete(work);
  }
  for (const work of lines.keys())
    found.push(`usage.report_lines report_id ${report.id}, work_id ${work}: not in its document`);
  return found;
}
