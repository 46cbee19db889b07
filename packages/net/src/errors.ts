const CURES = {
  'net-url-invalid': 'Give a complete web address, such as https://example.org/page.',
  'net-scheme-refused': 'Use an address that starts with https:// (or http:// where this is allowed).',
  'net-address-refused':
    'Use the public name of a site on the internet; private and local addresses are never fetched.',
  'net-port-refused': 'Serve the page on the usual port: 443 for https, 80 for http.',
  'net-userinfo-refused': 'Remove the user name and password from the address.',
  'net-dns-failed': 'Check the spelling of the name and that its DNS records are published, then try again.',
  'net-timeout': 'Try again later; the server answered too slowly.',
  'net-too-large': 'Use a smaller file; this one is larger than the limit for this purpose.',
  'net-too-many-redirects': 'Give the final address, without the chain of redirects.',
  'net-downgrade-refused': 'Let the https address answer without sending visitors to http.',
  'net-redirect-refused':
    'Send the message to the final address; a message body is not passed on to another site.',
  'net-tls-failed': "Check the site's certificate: name, dates and chain.",
  'net-connect-failed': 'Check that the server is running and reachable from the internet, then try again.',
  'net-header-too-large': 'Let the server send fewer or shorter headers.',
  'net-bad-response': 'Check that the server sends a complete, valid HTTP answer.',
} as const;

/** The stable codes of {@link NetError}. */
export type NetErrorCode = keyof typeof CURES;

/**
 * A refusal or failure of the guarded fetch or the resolver.
 *
 * `message` is a plain sentence and safe to show; `cure` says what to do; `detail` is for logs and may name an internal
 * address, so it is not shown to whoever supplied the URL.
 *
 * @example
 * const error = new NetError('net-timeout', 'example.org did not answer in time.')
 * error.cure // => 'Try again later; the server answered too slowly.'
 */
export class NetError extends Error {
  readonly code: NetErrorCode;
  readonly cure: string;
  readonly detail: string;

  constructor(code: NetErrorCode, message: string, detail = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'NetError';
    this.code = code;
    this.cure = CURES[code];
    this.detail = detail;
  }
}

/**
 * Every code of this package with its cure, sorted by code: for reference pages and translations.
 *
 * @example
 * netProblems().find((p) => p.code === 'net-timeout').cure // => 'Try again later; the server answered too slowly.'
 */
export function netProblems(): { code: NetErrorCode; cure: string }[] {
  const codes = Object.keys(CURES).sort() as NetErrorCode[];
  return codes.map((code) => ({ code, cure: CURES[code] }));
}
