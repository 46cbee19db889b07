import type { EvidenceRecord, EvidenceTerms } from '@clearway/protocol';
import { canonicalize, toHex } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { offersOver } from '../offers/index.ts';
import { findParties } from '../parties/index.ts';
import { findProofs, type LeafProof, leavesOf } from '../transparency/index.ts';
import { checkSubject } from './record-check.ts';

/** Terms of works over a period, and the texts that may be handed on. */
export type CollectedTerms = { readonly terms: readonly EvidenceTerms[]; readonly offers: readonly string[] };

/** The versions in force in a period. The text of one that names somebody who was erased since is left out. */
export async function collectTerms(
  k: Kernel,
  { workIds, from, to }: { workIds: readonly string[]; from: Date; to: Date },
): Promise<CollectedTerms> {
  const terms: EvidenceTerms[] = [];
  const offers = new Map<string, string>();
  for (const work of workIds) {
    for (const span of await offersOver(k, { workId: work, from, to })) {
      const erased = await namesErased(k, span.document);
      if (!erased) offers.set(span.sha256, span.document);
      terms.push({
        work,
        version: span.version,
        sha256: span.sha256,
        from: span.from.toISOString(),
        ...(span.to && { to: span.to.toISOString() }),
        ...(erased && { textErased: true }),
      });
    }
  }
  return { terms, offers: [...offers.values()] };
}

async function namesErased(k: Kernel, document: string): Promise<boolean> {
  const { licensors } = JSON.parse(document) as { licensors: readonly { party: string }[] };
  const ids = licensors.map(({ party }) => party);
  const parties = await findParties(k, ids);
  return ids.some((id) => parties.get(id)?.erased !== false);
}

/** What the log has of these terms and checks, all under one checkpoint. What still waits for the log is left out. */
export async function collectRecords(
  k: Kernel,
  about: { terms: readonly EvidenceTerms[]; checkIds: readonly string[] },
): Promise<{ records: readonly EvidenceRecord[]; checkpoint?: string }> {
  const hashes = new Set(about.terms.map(({ sha256 }) => sha256));
  const works = [...new Set(about.terms.map(({ work }) => work))].map((id) => `work:${id}`);
  const leaves = [];
  for (const subject of [...works, ...about.checkIds.map(checkSubject)]) {
    leaves.push(...(await leavesOf(k, subject)));
  }
  const wanted = leaves.filter(({ type }) => type === 'offer-published' || type === 'dataset-checked');
  const proofs = await findProofs(
    k,
    wanted.map(({ id }) => id),
  );
  const named = proofs.filter(
    ({ type, record, size }) =>
      size !== undefined &&
      record !== undefined &&
      (type !== 'offer-published' || hashes.has((record as { sha256: string }).sha256)),
  );
  const checkpoint = named[0]?.checkpoint;
  return { records: named.map(toRecord), ...(checkpoint !== undefined && { checkpoint }) };
}

function toRecord({ type, record, salt, index, inclusionProof }: LeafProof): EvidenceRecord {
  return {
    type,
    record: canonicalize(record),
    salt: toHex(salt!),
    index: index!,
    inclusionProof: inclusionProof.map(toHex),
  };
}
