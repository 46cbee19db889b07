const STATUS = {
  invalid_request: 400,
  invalid_license: 400,
  invalid_resource: 400,
  unsupported_grant_type: 400,
  invalid_client: 401,
  unauthorized_client: 401,
  server_error: 500,
} as const;

/** The errors of the Open License Protocol (RSL 1.0 §5.4.4). */
export type OlpCode = keyof typeof STATUS;

/** Thrown by the licence server's endpoints; answered as JSON with `error` and `error_description`. */
export class OlpError extends Error {
  readonly code: OlpCode;
  readonly status: number;
  /** Where a person can take the licence that is missing. */
  readonly quoteUri: string | undefined;

  /** The description is ASCII without quotes, as RFC 6749 §5.2 wants it. */
  constructor(code: OlpCode, description: string, more: { quoteUri?: string | undefined } = {}) {
    super(description);
    this.code = code;
    this.status = STATUS[code];
    this.quoteUri = more.quoteUri;
  }
}
