export type { CapError } from './authorization.ts';
export { capErrors, challenge, parseAuthorization } from './authorization.ts';
export type { Bundle, BundleKey, BundlePrice, BundleTerms, Revoked, UseAnswer } from './bundle/bundle.ts';
export { BUNDLE_FORMAT, BUNDLE_MAX_BYTES, openBundle, sealBundle } from './bundle/bundle.ts';
export type { Bytes } from './bytes.ts';
export {
  bytesEqual,
  concat,
  decodeUtf8,
  fromBase64,
  fromHex,
  sha256,
  toBase64,
  toHex,
  utf8,
} from './bytes.ts';
export type { CanonicalizeOptions, JsonValue } from './canonical-json/canonicalize.ts';
export { canonicalBytes, canonicalize } from './canonical-json/canonicalize.ts';
export type { ParseLimits } from './canonical-json/parse-strict.ts';
export { parseStrict } from './canonical-json/parse-strict.ts';
export type { FolderCheck } from './checking.ts';
export type { Checkpoint } from './checkpoint.ts';
export { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
export type {
  EvidenceDocument,
  EvidenceEntry,
  EvidenceLines,
  EvidenceRecord,
  EvidenceReport,
  EvidenceTerms,
} from './evidence/document.ts';
export { EVIDENCE_FORMAT, EVIDENCE_MAX_ENTRIES, EVIDENCE_MAX_SEGMENTS } from './evidence/document.ts';
export type { EvidenceFile } from './evidence/evidence-file.ts';
export {
  EVIDENCE_FILE_FORMAT,
  EVIDENCE_LEAF_TYPE,
  evidenceLeafRecord,
  openEvidence,
  readEvidenceFile,
  sealEvidence,
  writeEvidenceFile,
} from './evidence/evidence-file.ts';
export { segmentEntries, termsDuring, termsEntries } from './evidence/timeline.ts';
export type { EvidenceVerdict } from './evidence/verify-evidence.ts';
export { verifyEvidence } from './evidence/verify-evidence.ts';
export { evidenceWords } from './evidence/words.ts';
export type { InvoiceDocument, InvoiceLine, InvoiceParty } from './invoice/invoice.ts';
export { INVOICE_FORMAT, INVOICE_MAX_LINES, openInvoice, sealInvoice } from './invoice/invoice.ts';
export type { KeyLookup } from './jws/open.ts';
export type { DocumentSigner, SigningMeans } from './jws/sign.ts';
export type { CryptoKey, KeyPair, VerifierKey } from './keys.ts';
export {
  exportPrivateKey,
  fingerprint,
  formatVerifierKey,
  generateKeyPair,
  importPrivateKey,
  noteKeyId,
  parseVerifierKey,
  sign,
  verify,
} from './keys.ts';
export type { Leaf, SaltedRecord } from './leaf.ts';
export { checkLeaf, makeLeaf } from './leaf.ts';
export type {
  LicenseConsent,
  LicenseDocument,
  LicensedWork,
  LicenseParty,
  LicensePrice,
} from './license-document/license-document.ts';
export { LICENSE_FORMAT, openLicense, sealLicense } from './license-document/license-document.ts';
export type { MatchIndexDescription } from './match-index/match-index.ts';
export { MATCH_INDEX_FORMAT, openMatchIndex, sealMatchIndex } from './match-index/match-index.ts';
export { leafHash, nodeHash } from './merkle/hash.ts';
export { proveConsistency, proveInclusion } from './merkle/prove.ts';
export type { Tile } from './merkle/tiles.ts';
export {
  buildEntryBundle,
  buildTile,
  changedTiles,
  parseEntryBundle,
  parseTilePath,
  tileNodeReader,
  tilePath,
} from './merkle/tiles.ts';
export type { NodeId, NodeReader, TreeNode } from './merkle/tree.ts';
export { appendLeaves, createNodeMap, rootHash } from './merkle/tree.ts';
export type { ConsistencyClaim, InclusionClaim } from './merkle/verify.ts';
export { verifyConsistency, verifyInclusion } from './merkle/verify.ts';
export { checkModelName, sealModelName } from './model-version.ts';
export type { Weight } from './money/allocate.ts';
export { allocate } from './money/allocate.ts';
export type { UnitPrice } from './money/rate.ts';
export { microPerMinorUnit, rate, toMinorUnits } from './money/rate.ts';
export type { LineToSplit, SplitLine } from './money/split-line.ts';
export { splitLine } from './money/split-line.ts';
export type { NoteSigner, OpenedNote } from './note.ts';
export { openNote, signNote } from './note.ts';
export type { ProblemDocument, ProtocolCode } from './problem.ts';
export { ProtocolError, protocolProblems, toProblem } from './problem.ts';
export type { FolderReader, FolderVerdict } from './proof-folder/verify-folder.ts';
export { verifyFolder } from './proof-folder/verify-folder.ts';
export type { FolderContents, ProvenRecord } from './proof-folder/write-folder.ts';
export { writeFolder } from './proof-folder/write-folder.ts';
export type { Receipt, UsageGrade } from './receipt/receipt.ts';
export { openReceipt, RECEIPT_FORMAT, sealReceipt, usageGrades } from './receipt/receipt.ts';
export type { Removal, RemovalFeed } from './removals/removal-feed.ts';
export {
  openRemovals,
  REMOVALS_FORMAT,
  REMOVALS_MAX,
  removalKinds,
  sealRemovals,
} from './removals/removal-feed.ts';
export type { ScanHit, ScanHitKind, ScanReport, ScanRun } from './scan-report/scan-report.ts';
export {
  formatScanReport,
  parseScanReport,
  SCAN_REPORT_FORMAT,
  SCAN_REPORT_MAX_BYTES,
  SCAN_REPORT_MAX_HITS,
  SCAN_REPORT_MAX_INPUTS,
  SCAN_REPORT_MAX_RUNS,
  scanHitKinds,
} from './scan-report/scan-report.ts';
export type {
  ListedSignature,
  SignatureListFile,
  SignatureListSeal,
} from './signature-list/signature-list.ts';
export {
  openSignatureList,
  readSignatureListFile,
  SIGNATURE_LIST_FILE_FORMAT,
  SIGNATURE_LIST_FORMAT,
  SIGNATURE_LIST_MAX_BYTES,
  sealSignatureList,
  signatureListHash,
} from './signature-list/signature-list.ts';
export type { SignatureListVerdict } from './signature-list/verify-signature-list.ts';
export { verifySignatureList } from './signature-list/verify-signature-list.ts';
export { statementFaults } from './statement/recompute.ts';
export type {
  Statement,
  StatementLine,
  StatementMovement,
  StatementShare,
  StatementStep,
} from './statement/statement.ts';
export { openStatement, peekStatement, STATEMENT_FORMAT, sealStatement } from './statement/statement.ts';
export type { StatementFile, UsageReference } from './statement/statement-file.ts';
export {
  readStatementFile,
  STATEMENT_FILE_FORMAT,
  STATEMENT_FILE_MAX_BYTES,
  usageHash,
  writeStatementFile,
} from './statement/statement-file.ts';
export type { StatementCheck, StatementVerdict } from './statement/verify-statement.ts';
export { chainFaults, sealedHash, statementChecks, verifyStatement } from './statement/verify-statement.ts';
export { tellCheckInGerman } from './tell-check.ts';
export { type Sentences, sentenceTeller } from './tell-sentences.ts';
export type { TokenClaims, TokenUnits } from './token/claims.ts';
export type { PublicJwk } from './token/public-jwk.ts';
export { publicJwk } from './token/public-jwk.ts';
export { signToken, TOKEN_MAX_BYTES, TOKEN_TYPE } from './token/sign-token.ts';
export type { TokenRules } from './token/verify-token.ts';
export { verifyToken } from './token/verify-token.ts';
export { gateOfSegment, openSegment, SEGMENT_MAX_BYTES, sealSegment } from './usage/seal-segment.ts';
export type { RefusalCount, Segment, UsageRecord } from './usage/segment.ts';
export {
  FIRST_PREV,
  SEGMENT_FORMAT,
  SEGMENT_MAX_RECORDS,
  SEGMENT_MAX_REFUSALS,
  segmentHash,
} from './usage/segment.ts';
export type { LicenseUsage } from './usage/usage-header.ts';
export { formatLicenseUsage, parseLicenseUsage } from './usage/usage-header.ts';
export type { UsageName } from './uses.ts';
export { usageNames } from './uses.ts';
export type { SignedFileVerdict } from './verify-file.ts';
export { verifiableFormats, verifyFile } from './verify-file.ts';
