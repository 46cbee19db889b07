/**
 * Whether a failed `MailTransport.send` may be tried again. `permanent`: the mail server refused this recipient or this mail
 * for good (reply 5yz to RCPT or to the message, RFC 5321 section 4.2.1). All else is `temporary`: 4yz, no connection, and
 * also refusals that are about us and not about the recipient (sign-in, TLS, the sender's address).
 */
export function classifyBounce(error: unknown): 'permanent' | 'temporary' {
  const { responseCode, command } = readSmtpError(error);
  const aboutRecipient = command === 'RCPT TO' || command === 'DATA';
  return aboutRecipient && responseCode >= 500 && responseCode <= 599 ? 'permanent' : 'temporary';
}

/** The enhanced status code (RFC 3463) in a mail server's refusal, such as `5.1.1`, if it gave one. */
export function bounceStatus(error: unknown): string | undefined {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(readSmtpError(error).response)?.[1];
}

/**
 * Whether a status code says that the address itself is no good, so that nothing more should be sent to it: bad mailbox,
 * domain or syntax, moved (RFC 3463 section 3.2), mailbox disabled (section 3.3). A full mailbox or a policy is not that.
 */
export function isAddressFailure(status: string): boolean {
  return /^5\.1\.(?:0|1|2|3|6|10)$|^5\.2\.1$/.test(status);
}

function readSmtpError(error: unknown): { responseCode: number; command: string; response: string } {
  const fields: Record<string, unknown> = error instanceof Error ? { ...error } : {};
  return {
    responseCode: typeof fields.responseCode === 'number' ? fields.responseCode : 0,
    command: typeof fields.command === 'string' ? fields.command.toUpperCase() : '',
    response: typeof fields.response === 'string' ? fields.response : '',
  };
}
