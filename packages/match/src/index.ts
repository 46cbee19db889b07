export { audioKey } from './exact/audio-key.ts';
export { exactKeys, type FileFacts, readableText } from './exact/exact-keys.ts';
export { type Pixels, pixelKey } from './exact/pixel-key.ts';

export {
  type ByteSource,
  type Fingerprint,
  fingerprint,
  normalizeText,
  textFingerprint,
} from './fingerprint.ts';

export { type BuildOptions, type BuiltIndex, buildIndex } from './index-file/build-index.ts';
export type { IndexWork } from './index-file/index-work.ts';
export type { ExactKey, KeyKind } from './index-file/layout.ts';
export {
  type ExactMatch,
  exactMatches,
  hasKeys,
  type IndexEntry,
  type MatchIndex,
  type ReadIndexOptions,
  readIndex,
} from './index-file/read-index.ts';
export { MatchError, type MatchErrorCode } from './match-error.ts';
export { Sha256 } from './sha256.ts';
export { blankMarkup } from './text/blank-markup.ts';
export {
  type MatchedRun,
  type MatchOptions,
  matchText,
  type TextMatch,
  TextMatcher,
} from './text/match-text.ts';
export { textKey } from './text/text-key.ts';
export { decodePrint, encodePrint, MIN_WORDS, printText, type TextPrint } from './text/text-print.ts';
