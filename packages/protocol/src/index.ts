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
export type { Checkpoint } from './checkpoint.ts';
export { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
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
export type { NoteSigner, OpenedNote } from './note.ts';
export { openNote, signNote } from './note.ts';
export type { ProblemDocument, ProtocolCode } from './problem.ts';
export { ProtocolError, protocolProblems, toProblem } from './problem.ts';
export type { FolderCheck, FolderReader, FolderVerdict } from './proof-folder/verify-folder.ts';
export { verifyFolder } from './proof-folder/verify-folder.ts';
export type { FolderContents, ProvenRecord } from './proof-folder/write-folder.ts';
export { writeFolder } from './proof-folder/write-folder.ts';
