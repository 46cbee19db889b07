import type { ServerResponse } from 'node:http';
import type { Deny } from '../decision.ts';

/** Answers a refused request. */
export function sendDenial(response: ServerResponse, { status, headers, body }: Deny): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
