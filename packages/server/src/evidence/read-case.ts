import {
  type Bytes,
  type EvidenceDocument,
  openEvidence,
  toHex,
  writeEvidenceFile,
} from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { findProof, logSigner, logVerifierKey } from '../transparency/index.ts';
import type { Case } from './model.ts';
import { failEvidence } from './problems.ts';
import { selectCase, selectCases } from './store-cases.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Asked = { readonly caseId: string; readonly partyId: string };

/** The cases of a party, newest first. */
export function listCases(k: Kernel, partyId: string): Promise<Omit<Case, 'sealed'>[]> {
  return selectCases(k.db, partyId);
}

/** A case of a party with its document. Throws `case-unknown`, also for somebody else's, and `bundle-erased`. */
export async function readCase(
  k: Kernel,
  { caseId, partyId }: Asked,
): Promise<{ found: Case & { readonly sealed: string }; document: EvidenceDocument }> {
  const found = UUID.test(caseId) ? await selectCase(k.db, caseId) : undefined;
  if (found?.partyId !== partyId) throw failEvidence('case-unknown');
  const { sealed } = found;
  if (sealed === null) throw failEvidence('bundle-erased');
  const { publicKey } = await logSigner(k);
  return { found: { ...found, sealed }, document: await openEvidence(sealed, () => publicKey) };
}

/**
 * The evidence file of a case, to hand on: the sealed document with its place in the log. The document in it is always the
 * same; the proof is against the latest checkpoint. Throws `case-unknown`, `bundle-erased`, `bundle-not-in-log-yet`.
 */
export async function readBundle(k: Kernel, asked: Asked): Promise<Bytes> {
  const { found } = await readCase(k, asked);
  const proof = await findProof(k, found.leafId);
  if (proof?.index === undefined || proof.checkpoint === undefined || !proof.salt) {
    throw failEvidence('bundle-not-in-log-yet', { headers: { 'Retry-After': '1' } });
  }
  return writeEvidenceFile({
    format: 'clearway-evidence-file-1',
    verifierKey: await logVerifierKey(k),
    evidence: found.sealed,
    log: {
      salt: toHex(proof.salt),
      index: proof.index,
      inclusionProof: proof.inclusionProof.map(toHex),
      checkpoint: proof.checkpoint,
    },
  });
}
