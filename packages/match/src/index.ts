export {
  type ByteSource,
  type Fingerprint,
  fingerprint,
  normalizeText,
  textFingerprint,
} from './fingerprint.ts';
export { Sha256 } from './sha256.ts';
