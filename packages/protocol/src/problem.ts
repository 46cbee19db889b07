/** What this package can refuse: code → title (the same for every occurrence) and cure (what to do about it). */
const catalogue = {
  'canonical-bigint': {
    title: 'A bigint cannot be canonicalized',
    cure: 'Write the amount as a decimal string.',
  },
  'canonical-unsafe-integer': {
    title: 'An integer is too large to be exact',
    cure: 'Write integers beyond 2^53 - 1 as decimal strings.',
  },
  'canonical-not-finite': {
    title: 'A number is not finite',
    cure: 'Leave out NaN and Infinity, or write null.',
  },
  'canonical-undefined': {
    title: 'A value is undefined',
    cure: 'Leave the member out, or write null.',
  },
  'canonical-unsupported': {
    title: 'A value is not JSON',
    cure: 'Use only null, booleans, numbers, strings, arrays and plain objects.',
  },
  'canonical-too-deep': {
    title: 'A value is nested too deeply or refers to itself',
    cure: 'Nest at most 64 levels and remove cycles.',
  },
  'json-syntax': { title: 'The text is not JSON', cure: 'Correct the text at the place named (RFC 8259).' },
  'json-duplicate-key': {
    title: 'An object names a member twice',
    cure: 'Keep one of the two members.',
  },
  'json-too-deep': { title: 'The JSON is nested too deeply', cure: 'Nest at most 64 levels.' },
  'json-too-long': { title: 'The JSON is too long', cure: 'Send a shorter document.' },
  'json-number': {
    title: 'A number cannot be kept exactly',
    cure: 'Write numbers beyond 2^53 - 1 as decimal strings.',
  },
  'text-not-well-formed': {
    title: 'The text is not well-formed Unicode',
    cure: 'Send UTF-8 without lone surrogates.',
  },
  'encoding-invalid': {
    title: 'The text is not in the encoding expected',
    cure: 'Use lower-case hexadecimal or padded base64, as the field says, without white space.',
  },
  'leaf-type': {
    title: 'The leaf type is not usable',
    cure: 'Use 1 to 64 of a-z, 0-9, "." and "-", beginning with a letter.',
  },
  'leaf-salt': { title: 'The salt has the wrong length', cure: 'Use 32 random bytes.' },
  'tree-range': {
    title: 'The tree has no such place',
    cure: 'Ask for an index below the size, and a size the tree has reached.',
  },
  'tree-node-missing': {
    title: 'A stored node of the tree is missing or has the wrong length',
    cure: 'Restore the log from a backup or from its tiles.',
  },
  'tile-path': {
    title: 'The path names no tile',
    cure: 'Use tile/<level>/<index>[.p/<width>] or tile/entries/<index>[.p/<width>] as in C2SP tlog-tiles.',
  },
  'tile-entry': {
    title: 'The entry bundle is not readable',
    cure: 'Use entries of at most 65535 bytes, each after its length in two bytes, 1 to 256 a bundle.',
  },
  'key-invalid': {
    title: 'The key is not usable',
    cure: 'Use an Ed25519 key: 32 bytes, or a verifier key name+id+base64.',
  },
  'key-name': {
    title: 'The key name is not usable',
    cure: 'Use a name of 1 to 255 characters without spaces and "+", such as a host name with a path.',
  },
  'note-malformed': {
    title: 'The signed note is not readable',
    cure: 'Fetch the note again; it must be text, an empty line and signature lines (C2SP signed-note).',
  },
  'note-signature-invalid': {
    title: 'A signature of a known key is wrong',
    cure: 'Do not trust this note. Fetch it again from its source; if it stays wrong, report it.',
  },
  'note-no-known-signature': {
    title: 'No known key signed this note',
    cure: 'Give the verifier key of the one who should have signed, got from a source you trust.',
  },
  'checkpoint-malformed': {
    title: 'The checkpoint is not readable',
    cure: 'A checkpoint is origin, size and base64 root hash, one a line (C2SP tlog-checkpoint).',
  },
  'checkpoint-origin': {
    title: 'The checkpoint names another log or an unusable origin',
    cure: 'Use the origin of the log without scheme, such as example.org/log.',
  },
  'proof-folder-malformed': {
    title: 'A file of the proof folder is not readable',
    cure: 'Fetch the folder again; its files must be as they were written.',
  },
  'proof-folder-path': {
    title: 'A path in the proof folder is not usable',
    cure: 'Use relative paths with "/" between plain names.',
  },
  'proof-folder-record': {
    title: 'A record does not belong to the checkpoint',
    cure: 'Give each record with its own salt, index and inclusion proof for this checkpoint.',
  },
  'token-malformed': {
    title: 'The license token is not readable',
    cure: 'Send the token as the license server gave it, unchanged and whole; otherwise ask for a new one.',
  },
  'token-too-long': {
    title: 'The license token is too long',
    cure: 'Ask for a token that names fewer resources.',
  },
  'token-algorithm': {
    title: 'The license token is signed in a way that is not accepted',
    cure: 'Ask the license server of this site for a token; only EdDSA with Ed25519 is accepted.',
  },
  'token-header': {
    title: 'The header of the license token says more, less or other than it may',
    cure: 'Ask the license server of this site for a token; its header names alg, kid and typ, nothing else.',
  },
  'token-unknown-key': {
    title: 'The license token is signed with an unknown key',
    cure: 'Ask the license server of this site for a new token.',
  },
  'token-signature': {
    title: 'The signature of the license token is wrong',
    cure: 'Send the token as the license server gave it, unchanged; otherwise ask for a new one.',
  },
  'token-claims': {
    title: 'The license token lacks something it must say',
    cure: 'Ask the license server of this site for a new token.',
  },
  'token-expired': { title: 'The license token has expired', cure: 'Ask for a new token.' },
  'token-not-yet-valid': {
    title: 'The license token is not valid yet',
    cure: 'Wait until it is valid, or correct the clock of the machine that refuses it.',
  },
  'token-audience': {
    title: 'The license token is for another site',
    cure: 'Ask the license server of this site for a token.',
  },
  'token-issuer': {
    title: 'The license token is from another license server',
    cure: 'Ask the license server of this site for a token.',
  },
  'authorization-scheme': {
    title: 'The Authorization header is of another scheme',
    cure: 'Send "Authorization: License" followed by the token.',
  },
  'authorization-malformed': {
    title: 'The Authorization header is not readable',
    cure: 'Send "Authorization: License", one space, and the token.',
  },
  'authorization-multiple': {
    title: 'The request has more than one Authorization',
    cure: 'Send one Authorization header with one token.',
  },
  'challenge-error': {
    title: 'The challenge names an unknown error',
    cure: 'Use invalid_request, invalid_token, insufficient_scope or server_error.',
  },
  'sealed-malformed': {
    title: 'The signed document is not whole or not readable',
    cure: 'Fetch or send it again, unchanged and to its end.',
  },
  'sealed-too-long': { title: 'The signed document is too long', cure: 'Send a shorter one.' },
  'sealed-algorithm': {
    title: 'The signed document is signed in a way that is not accepted',
    cure: 'Sign with EdDSA over Ed25519.',
  },
  'sealed-header': {
    title: 'The signed document is of another kind',
    cure: 'Send a document of the kind asked for; its header names alg, kid and typ, nothing else.',
  },
  'sealed-unknown-key': {
    title: 'The signed document is signed with an unknown key',
    cure: 'Give the public key of the one who should have signed, got from a source you trust.',
  },
  'sealed-signature': {
    title: 'The signature of the document is wrong',
    cure: 'Do not trust this document. Fetch it again from its source; if it stays wrong, report it.',
  },
  'segment-malformed': {
    title: 'The usage segment does not say what a segment says',
    cure: 'Send the segment as the gate wrote it.',
  },
  'receipt-malformed': {
    title: 'The receipt does not say what a receipt says',
    cure: 'Fetch the receipt again from the instance that issued it.',
  },
  'scan-report-malformed': {
    title: 'The report does not say what a scan report says',
    cure: 'Hand in the report as `clearway scan --report` wrote it; report large scans in parts.',
  },
  'evidence-malformed': {
    title: 'The file is not a whole evidence bundle',
    cure: 'Download the bundle again and keep the file as it is.',
  },
  'bundle-malformed': {
    title: 'The gate bundle does not say what a bundle says',
    cure: 'Fetch the bundle again; if it stays so, update the gate or the instance.',
  },
  'removals-malformed': {
    title: 'The removal feed does not say what a removal feed says',
    cure: 'Fetch the feed again from the instance that issued it.',
  },
  'match-index-malformed': {
    title: 'The description of the match index does not say what one says',
    cure: 'Fetch /api/match-index.json again from the instance that issued it.',
  },
  'license-malformed': {
    title: 'The license document does not say what a license says',
    cure: 'Fetch the license again from the instance that issued it.',
  },
  'statement-malformed': {
    title: 'The statement does not say what a statement says',
    cure: 'Download the statement again from the instance that issued it; if it stays so, ask its operator.',
  },
  'statement-file-malformed': {
    title: 'The file is not a statement with the usage it pays for',
    cure: 'Download the statement again and keep the file as it is: whole, unchanged, one statement a file.',
  },
  'signatures-malformed': {
    title: 'The file is not a public list of signatures',
    cure: 'Download the list again and keep the file as it is: whole and unchanged.',
  },
  'invoice-malformed': {
    title: 'The invoice does not say what an invoice says, or does not add up',
    cure: 'Fetch the invoice again from the instance that issued it; if it stays wrong, object to it.',
  },
  'usage-header-malformed': {
    title: 'The License-Usage header is not readable',
    cure: 'Send agreement, count and durable as a dictionary (RFC 9651).',
  },
  'model-name': {
    title: 'The name of the model version is not usable',
    cure: 'Use a name of 1 to 200 characters without control characters, and 32 random bytes as salt.',
  },
} as const satisfies Record<string, { title: string; cure: string }>;

/** A stable code of this package. */
export type ProtocolCode = keyof typeof catalogue;

/** An RFC 9457 problem document with a stable `code` and a `cure`; further members may follow. */
export type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code: string;
  readonly cure: string;
  readonly [extension: string]: unknown;
};

/**
 * The one error this package throws: a stable `code`, a `title`, a plain sentence (`message`) and a `cure`.
 *
 * @example
 * const error = new ProtocolError('leaf-salt', 'The salt has 3 bytes.')
 * error.code // => 'leaf-salt'
 * error.cure // => 'Use 32 random bytes.'
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolCode;
  readonly title: string;
  readonly cure: string;

  constructor(code: ProtocolCode, detail: string, options?: { cause?: unknown }) {
    super(detail, options);
    this.code = code;
    this.title = catalogue[code].title;
    this.cure = catalogue[code].cure;
  }
}

/**
 * Every code of this package with its title and cure, sorted by code: for reference pages and translations.
 *
 * @example
 * protocolProblems().find((p) => p.code === 'leaf-salt').title // => 'The salt has the wrong length'
 */
export function protocolProblems(): { code: ProtocolCode; title: string; cure: string }[] {
  const codes = Object.keys(catalogue).sort() as ProtocolCode[];
  return codes.map((code) => ({ code, ...catalogue[code] }));
}

/**
 * Turns a ProtocolError into a problem document (RFC 9457 section 3).
 *
 * `typeBase` is the address under which codes are explained; `status` is the HTTP status, 400 unless given.
 *
 * @example
 * const error = new ProtocolError('leaf-salt', 'The salt has 3 bytes.')
 * toProblem(error, { typeBase: 'https://example.org/problems/' }).type // => 'https://example.org/problems/leaf-salt'
 */
export function toProblem(
  error: ProtocolError,
  options: { typeBase: string; status?: number; instance?: string },
): ProblemDocument {
  return {
    type: options.typeBase + error.code,
    title: error.title,
    status: options.status ?? 400,
    detail: error.message,
    ...(options.instance === undefined ? {} : { instance: options.instance }),
    code: error.code,
    cure: error.cure,
  };
}
