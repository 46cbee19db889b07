import {
  EVIDENCE_MAX_SEGMENTS,
  type EvidenceDocument,
  type EvidenceEntry,
  type EvidenceTerms,
  openLicense,
  openSegment,
  segmentEntries,
  toBase64,
} from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { readAgreement, SIGNING_PURPOSE } from '../licensing/index.ts';
import { findParties } from '../parties/index.ts';
import { type Gate, gateOf } from '../sites/index.ts';
import {
  fetchesTimeline,
  MAX_TIMELINE,
  type Refusal,
  refusalsTimeline,
  sealedSegments,
} from '../usage/index.ts';
import { MAX_SEGMENTS_LENGTH } from './model.ts';
import { failEvidence } from './problems.ts';

type Named = Pick<EvidenceDocument, 'named' | 'licenses' | 'licenseKeys'>;
export type CollectedGates = Named &
  Pick<EvidenceDocument, 'gates' | 'segments'> & { readonly entries: readonly EvidenceEntry[] };

/** What the gates of a site have of a client in a period: each line from the segment that proves it. */
export async function collectGates(
  k: Kernel,
  about: EvidenceDocument['about'] & { readonly client: string; readonly site: { readonly id: string } },
  terms: readonly EvidenceTerms[],
): Promise<CollectedGates> {
  const asked = {
    siteId: about.site.id,
    agentName: about.client,
    from: new Date(about.period.from),
    to: new Date(about.period.to),
  };
  const refusals = await refusalsTimeline(k, asked);
  const fetches = await fetchesTimeline(k, asked);
  const refs = segmentsOf([...refusals, ...fetches]);
  if (
    refusals.length > MAX_TIMELINE ||
    fetches.length > MAX_TIMELINE ||
    refs.length > EVIDENCE_MAX_SEGMENTS
  ) {
    throw failEvidence('case-too-large', { detail: `${refusals.length + fetches.length} lines` });
  }
  const gates = new Map<string, Gate>();
  const entries: EvidenceEntry[] = [];
  const segments: string[] = [];
  let length = 0;
  for (const { gateId, segmentSha256 } of refs) {
    const gate = gates.get(gateId) ?? (await gateOf(k, gateId));
    const [row] = await sealedSegments(k, [segmentSha256]);
    // A gate goes with its site; what it signed cannot be checked any more.
    if (!gate || !row) continue;
    gates.set(gateId, gate);
    length += row.sealed.length;
    if (length > MAX_SEGMENTS_LENGTH)
      throw failEvidence('case-too-large', { detail: `${length} characters` });
    segments.push(row.sealed);
    const segment = await openSegment(row.sealed, gate.publicKey);
    entries.push(...segmentEntries({ about, terms }, segment, segmentSha256));
  }
  const issued = new Set(fetches.flatMap(({ agreementId }) => agreementId ?? []));
  return {
    entries,
    segments,
    gates: [...gates.values()].map(({ id, siteId, publicKey, createdAt }) => ({
      id,
      site: siteId,
      publicKey: toBase64(publicKey),
      registeredAt: createdAt.toISOString(),
    })),
    ...(await provenNames(k, [...issued].sort())),
  };
}

/** The segments that lines rest on, each once, in the order of gate and number. */
function segmentsOf(lines: readonly SegmentRef[]): SegmentRef[] {
  const refs = [...new Map(lines.map((line) => [line.segmentSha256, line])).values()];
  return refs.sort((a, b) =>
    a.gateId === b.gateId ? a.segmentSeq - b.segmentSeq : a.gateId < b.gateId ? -1 : 1,
  );
}

type SegmentRef = Pick<Refusal, 'gateId' | 'segmentSeq' | 'segmentSha256'>;

/** Companies whose tokens were used: named with the licence the tokens were issued under, and not otherwise. */
async function provenNames(k: Kernel, agreementIds: readonly string[]): Promise<Named> {
  const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  const named: Named['named'][number][] = [];
  const licenses: string[] = [];
  for (const agreementId of agreementIds) {
    const { agreement } = await readAgreement(k, { agreementId });
    const { licensee, licensors } = await openLicense(agreement.document, () => publicKey);
    const ids = [licensee, ...licensors].map(({ id }) => id);
    const parties = await findParties(k, ids);
    if (ids.some((id) => parties.get(id)?.erased !== false)) continue;
    named.push({ party: licensee.id, name: licensee.name, agreement: agreementId });
    licenses.push(agreement.document);
  }
  const licenseKeys = licenses.length > 0 ? [{ kid, publicKey: toBase64(publicKey) }] : [];
  return { named, licenses, licenseKeys };
}
