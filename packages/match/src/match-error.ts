/** What this package refuses, with a stable code and what to do about it. */
const catalogue = {
  'index-foreign': {
    title: 'The file is not a match index',
    cure: 'Get the index from /api/match-index of the instance.',
  },
  'index-version': {
    title: 'The index has a version or parameters this program does not know',
    cure: 'Update the program, or get an index made for it.',
  },
  'index-truncated': {
    title: 'The index is shorter or longer than its header says',
    cure: 'Get it again; the transfer did not finish.',
  },
  'index-altered': {
    title: 'The content of the index does not fit its hash',
    cure: 'Get it again and compare its SHA-256 with the signed description.',
  },
  'index-contradictory': {
    title: 'The index contradicts itself',
    cure: 'Report it to the instance that made it.',
  },
  'index-too-large': {
    title: 'The works do not fit into one index',
    cure: 'Divide the works among several indexes.',
  },
  'print-invalid': {
    title: 'The stored fingerprint of a text is damaged or of another version',
    cure: 'Fingerprint the text again.',
  },
  'media-malformed': {
    title: 'The file is not what its type says, or breaks off',
    cure: 'Check the file with the program that wrote it.',
  },
  'pixels-malformed': {
    title: 'The pixels do not fit the width and height',
    cure: 'Give width × height × 4 bytes: red, green, blue, alpha.',
  },
} as const;

/** The code of something this package refused. */
export type MatchErrorCode = keyof typeof catalogue;

/** A refusal: `code` for programs, `title`, `detail` and `cure` for people. */
export class MatchError extends Error {
  readonly code: MatchErrorCode;
  readonly title: string;
  readonly cure: string;
  readonly detail: string;

  constructor(code: MatchErrorCode, detail: string) {
    super(`${catalogue[code].title}: ${detail}`);
    this.name = 'MatchError';
    this.code = code;
    this.title = catalogue[code].title;
    this.cure = catalogue[code].cure;
    this.detail = detail;
  }
}
