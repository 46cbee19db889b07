import {
  EVIDENCE_FORMAT,
  EVIDENCE_LEAF_TYPE,
  EVIDENCE_MAX_ENTRIES,
  type EvidenceDocument,
  type EvidenceEntry,
  type EvidenceReport,
  evidenceLeafRecord,
  evidenceWords,
  ProtocolError,
  parseScanReport,
  sealEvidence,
  termsDuring,
  termsEntries,
} from '@clearway/protocol';
import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { cleanLine, emit, inTx, type Kernel } from '../kernel/index.ts';
import { requireSite, type Site } from '../sites/index.ts';
import { appendLeaf, logSigner } from '../transparency/index.ts';
import { listWorks, publicWork, readWork } from '../works/index.ts';
import { collectGates } from './collect-gates.ts';
import { collectRecords, collectTerms } from './collect-terms.ts';
import {
  type Case,
  type DatasetCheck,
  MANY_CLIENTS,
  MAX_CASE_CHECKS,
  MAX_CASE_DAYS,
  MAX_CASE_WORKS,
} from './model.ts';
import { failEvidence } from './problems.ts';
import { requireCheck } from './read-check.ts';
import { slowDown } from './slow-down.ts';
import { insertCase } from './store-cases.ts';
import { selectHits, selectReport } from './store-checks.ts';

const id = z.string().max(100);

/** What a case is about: a site with a client, or dataset checks, or both; without works, all of the party's there. */
export const caseSchema = z.strictObject({
  siteId: id.optional(),
  client: cleanLine(200).optional(),
  works: z.array(id).max(MAX_CASE_WORKS).default([]),
  checks: z.array(id).max(MAX_CASE_CHECKS).default([]),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});
export type CaseInput = z.output<typeof caseSchema> & { readonly partyId: string; readonly actor: string };

/** What the log keeps of a case is erased under this subject. */
export const caseSubject = (caseId: string) => `case:${caseId}`;

const DAY_MS = 86_400_000;

/**
 * Opens a case and seals it: what was seen of a client at a site of the party, hits of its dataset checks, the terms in
 * force at each second, and everything that proves them, as one signed document whose hash goes into the public log. It
 * never changes; what is seen later is another case. Sends `evidence.case-opened`.
 * Throws `case-about-nothing`, `case-period-invalid`, `case-too-large`, `check-unknown`, `site-not-found`, `work-unknown`.
 */
export async function openCase(k: Kernel, input: CaseInput): Promise<Case> {
  slowDown(k, input.partyId);
  return inTx(k, async (t) => {
    const caseId = t.ids.id();
    const openedAt = t.clock.now();
    const found = await subjectOf(t, input, openedAt);
    const document = await collect(t, { ...found, caseId, openedAt });
    const sealed = await seal(t, document);
    const { partyId, actor } = input;
    const record = await evidenceLeafRecord(caseId, sealed);
    const leafId = await appendLeaf(t, { type: EVIDENCE_LEAF_TYPE, subject: caseSubject(caseId), record });
    const opened: Case = {
      id: caseId,
      partyId,
      siteId: found.site?.id ?? null,
      client: found.client ?? null,
      from: found.from,
      to: found.to,
      workIds: found.works.map((work) => work.id),
      checkIds: found.checks.map((check) => check.id),
      sealed,
      sealedSha256: record.sha256,
      leafId,
      openedBy: actor,
      openedAt,
    };
    await insertCase(t.db, opened);
    await recordActivity(t, { actor, action: 'evidence.case-opened', subject: caseSubject(caseId) });
    await emit(t, 'evidence.case-opened', { caseId });
    return opened;
  });
}

type Subject = {
  readonly site: Site | undefined;
  readonly client: string | undefined;
  readonly works: readonly { readonly id: string; readonly title: string }[];
  readonly checks: readonly DatasetCheck[];
  readonly from: Date;
  readonly to: Date;
};

async function subjectOf(t: Kernel, input: CaseInput, now: Date): Promise<Subject> {
  const { partyId, siteId, client } = input;
  const [from, to] = [new Date(input.from), new Date(input.to)];
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0 || days > MAX_CASE_DAYS || to > now) throw failEvidence('case-period-invalid');
  const checks: DatasetCheck[] = [];
  for (const checkId of new Set(input.checks)) checks.push(await requireCheck(t, { checkId, partyId }));
  const half = (siteId === undefined) !== (client === undefined);
  if (half || client === MANY_CLIENTS || (siteId === undefined && checks.length === 0)) {
    throw failEvidence('case-about-nothing');
  }
  const site = siteId === undefined ? undefined : await requireSite(t, siteId, partyId);
  const works = [];
  for (const workId of new Set(input.works)) works.push((await readWork(t, { workId, partyId })).work);
  if (works.length === 0) works.push(...(await worksAbout(t, partyId, site, checks)));
  if (works.length > MAX_CASE_WORKS)
    throw failEvidence('case-too-large', { detail: `${works.length} works` });
  const named = works.map((work) => ({ id: work.id, title: work.title || work.id }));
  return { site, client, works: named, checks, from, to };
}

/** The party's works that are at the site or matched in a check. */
async function worksAbout(
  t: Kernel,
  partyId: string,
  site: Site | undefined,
  checks: readonly DatasetCheck[],
): Promise<{ id: string; title: string }[]> {
  const mine = (await listWorks(t, { partyId, limit: 200 })).map(({ work }) => work);
  const hit = new Set<string>();
  for (const check of checks) {
    const hits = await selectHits(t.db, check.id, {
      limit: EVIDENCE_MAX_ENTRIES,
      workIds: mine.map((work) => work.id),
    });
    for (const { workId } of hits) hit.add(workId);
  }
  const found = [];
  for (const work of mine) {
    if (hit.has(work.id) || (site && (await isAt(t, work.id, site)))) found.push(work);
  }
  return found;
}

async function isAt(t: Kernel, workId: string, site: Site): Promise<boolean> {
  const { manifestations } = await publicWork(t, workId);
  return manifestations.some(
    ({ url }) => url !== null && URL.canParse(url) && new URL(url).host === site.host,
  );
}

type Asked = Subject & { readonly caseId: string; readonly openedAt: Date };

async function collect(t: Kernel, asked: Asked): Promise<EvidenceDocument> {
  const { site, client, works, checks, from, to } = asked;
  const about = {
    ...(client !== undefined && { client }),
    ...(site && { site: { id: site.id, origin: new URL(site.url).origin } }),
    works,
    period: { from: from.toISOString(), to: to.toISOString() },
  };
  const times = [from, to, ...checks.map(({ scannedAt }) => scannedAt)].map((at) => at.getTime());
  const span = { from: new Date(Math.min(...times)), to: new Date(Math.max(...times) + 1) };
  const workIds = works.map((work) => work.id);
  const { terms, offers } = await collectTerms(t, { workIds, ...span });
  const { entries, ...proven } =
    about.client !== undefined && about.site
      ? await collectGates(t, { ...about, client: about.client, site: about.site }, terms)
      : { entries: [], segments: [], gates: [], named: [], licenses: [], licenseKeys: [] };
  const { matches, reports } = await collectMatches(t, checks, workIds, terms);
  const timeline = [...termsEntries(terms), ...entries, ...matches].sort(byTime);
  if (timeline.length > EVIDENCE_MAX_ENTRIES) {
    throw failEvidence('case-too-large', { detail: `${timeline.length} lines` });
  }
  const { records, checkpoint } = await collectRecords(t, { terms, checkIds: checks.map((one) => one.id) });
  const facts = { about, timeline, terms, named: proven.named, reports, records };
  return {
    format: EVIDENCE_FORMAT,
    issuer: t.site.baseUrl,
    case: { id: asked.caseId, openedAt: asked.openedAt.toISOString() },
    ...facts,
    ...proven,
    offers,
    ...(checkpoint !== undefined && { checkpoint }),
    ...evidenceWords(facts),
  };
}

function byTime(a: EvidenceEntry, b: EvidenceEntry): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

async function collectMatches(
  t: Kernel,
  checks: readonly DatasetCheck[],
  workIds: readonly string[],
  terms: EvidenceDocument['terms'],
): Promise<{ matches: EvidenceEntry[]; reports: EvidenceReport[] }> {
  const matches: EvidenceEntry[] = [];
  const reports: EvidenceReport[] = [];
  for (const check of checks) {
    const at = check.scannedAt.toISOString();
    const hits = await selectHits(t.db, check.id, { limit: EVIDENCE_MAX_ENTRIES + 1, workIds });
    for (const { workId, item, input, kind, words, coverage, sha256 } of hits) {
      matches.push({
        kind: 'match',
        at,
        terms: termsDuring(terms, at, at),
        report: check.reportSha256,
        work: workId,
        match: kind,
        item,
        input,
        ...(words !== null && { words }),
        ...(coverage !== null && { coverage }),
        ...(sha256 !== null && { sha256 }),
      });
    }
    const inputs = parseScanReport((await selectReport(t.db, check.id)) ?? '').inputs;
    const named = new Set(hits.map(({ input }) => input));
    reports.push({
      sha256: check.reportSha256,
      dataset: check.dataset,
      receivedAt: check.handedInAt.toISOString(),
      createdAt: at,
      index: check.indexSha256,
      inputs: inputs.filter(({ name }) => named.has(name)).map(({ name, sha256 }) => ({ name, sha256 })),
    });
  }
  return { matches, reports };
}

async function seal(t: Kernel, document: EvidenceDocument): Promise<string> {
  try {
    return await sealEvidence(document, await logSigner(t));
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== 'sealed-too-long') throw error;
    throw failEvidence('case-too-large', { detail: error.message, cause: error });
  }
}
