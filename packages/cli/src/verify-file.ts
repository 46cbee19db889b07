import { readFileSync } from 'node:fs';
import {
  EVIDENCE_FILE_FORMAT,
  SIGNATURE_LIST_FILE_FORMAT,
  STATEMENT_FILE_FORMAT,
  verifyEvidence,
  verifySignatureList,
} from '@clearway/protocol';
import type { FileVerdict } from './file-verdict.ts';
import { verifyOneStatement } from './verify-statements.ts';

type Verify = (bytes: Uint8Array, key: string | undefined) => Promise<FileVerdict>;

/** Files that can be verified, by what they say they are; the verifier does not take their word for it. */
const VERIFIERS: { readonly [format: string]: Verify } = {
  [EVIDENCE_FILE_FORMAT]: evidence,
  [SIGNATURE_LIST_FILE_FORMAT]: signatureList,
  [STATEMENT_FILE_FORMAT]: verifyOneStatement,
};

/** Verifies a signed file by its format; a file of no known format does not hold. */
export async function verifyFile(path: string, key: string | undefined): Promise<FileVerdict> {
  const bytes = readFileSync(path);
  const format = formatOf(bytes);
  const verify = format === undefined ? undefined : VERIFIERS[format];
  if (verify) return verify(bytes, key);
  const detail = `This is no file that can be verified; known are ${Object.keys(VERIFIERS).join(', ')}.`;
  return { ok: false, keyGiven: key !== undefined, checks: [{ name: 'format', ok: false, detail }] };
}

function formatOf(bytes: Buffer): string | undefined {
  return Object.keys(VERIFIERS).find((format) => bytes.includes(`"format":"${format}"`));
}

async function evidence(bytes: Uint8Array, key: string | undefined): Promise<FileVerdict> {
  const { document, ...verdict } = await verifyEvidence(bytes, { key });
  if (!document) return verdict;
  const { shows, doesNotShow } = document;
  const says = ['What this shows', ...listed(shows.en), 'What it does not show', ...listed(doesNotShow.en)];
  return { ...verdict, says };
}

async function signatureList(bytes: Uint8Array, key: string | undefined): Promise<FileVerdict> {
  const { seal, ...verdict } = await verifySignatureList(bytes, { key });
  if (!seal) return verdict;
  const { people, hiddenPeople, organisations, hiddenOrganisations } = seal;
  const { issuer, issuedAt, declaration, csvSha256 } = seal;
  const says = [
    `Signed at ${issuer}, ${issuedAt}; version ${declaration.version} of the declaration.`,
    `${people} people, ${hiddenPeople} of them hide their name.`,
    `${organisations} organisations, ${hiddenOrganisations} of them hide their name.`,
    `The same list as CSV has the SHA-256 ${csvSha256}.`,
  ];
  return { ...verdict, says };
}

function listed(lines: readonly string[]): string[] {
  return lines.map((line) => `- ${line}`);
}
