import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { decide, settle } from '../decide.ts';
import type { Decision, Pass } from '../decision.ts';
import type { Gate } from '../gate.ts';
import { readRequest } from './read-request.ts';
import { sendDenial } from './send-denial.ts';

/** What a framework, or a plain handler, gives a middleware to go on with. */
export type Next = (error?: unknown) => void;

/**
 * A gate as middleware of Express, Connect or plain `node:http`. Before a plain handler:
 * `createServer((request, response) => gate(request, response, () => handler(request, response)))`.
 */
export function gateMiddleware(
  gate: Gate,
): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  function apply(decision: Decision, request: IncomingMessage, response: ServerResponse, next: Next): void {
    if (decision.kind === 'deny') {
      sendDenial(response, decision);
      return;
    }
    // Where a framework has cut its own prefix off, its url is no longer the target that was decided on.
    const whole = !('originalUrl' in request) || request.originalUrl === request.url;
    if (decision.path !== undefined && whole) request.url = decision.path;
    if (decision.usage) watch(gate, decision, response);
    next();
  }
  return function middleware(request, response, next) {
    const decision = decide(gate, readRequest(request));
    if (decision instanceof Promise)
      decision.then((found) => apply(found, request, response, next)).catch(next);
    else apply(decision, request, response, next);
  };
}

/** Adds the headers of a licensed answer whatever the site sets, and settles when the answer is out or cut off. */
function watch(gate: Gate, decision: Pass, response: ServerResponse): void {
  let bytes = 0;
  const { writeHead, write, end } = response;
  response.writeHead = function licensedHead(status: number, ...rest: unknown[]) {
    const hasReason = typeof rest[0] === 'string';
    if (hasReason) response.statusMessage = rest[0] as string;
    const given = licensedHeaders(response, (hasReason ? rest[1] : rest[0]) as HeaderInput, decision);
    return writeHead.call(response, status, given);
  } as typeof writeHead;
  response.write = function countedWrite(chunk: unknown, ...rest: unknown[]) {
    bytes += sizeOf(chunk, rest[0]);
    return (write as (...args: unknown[]) => boolean).call(response, chunk, ...rest);
  } as typeof write;
  response.end = function countedEnd(...args: unknown[]) {
    bytes += sizeOf(args[0], args[1]);
    // Some versions write what is given to the end through `write`, which must not count it again.
    response.write = write;
    return (end as (...args: unknown[]) => ServerResponse).apply(response, args);
  } as typeof end;
  response.once('close', () => {
    settle(
      gate,
      decision,
      response.headersSent ? { status: response.statusCode, bytes } : { status: 499, bytes: 0 },
    );
  });
}

type HeaderInput = OutgoingHttpHeaders | readonly unknown[] | undefined;

/** The headers given to `writeHead`, with the gate's in place of what they, or `setHeader` before, say of caches. */
function licensedHeaders(
  response: ServerResponse,
  input: HeaderInput,
  { headers }: Pass,
): OutgoingHttpHeaders {
  const given = toObject(input);
  let caches: unknown;
  let vary: unknown;
  for (const name of Object.keys(given)) {
    // Only names of these lengths can be meant; most are passed over without a new string.
    if (name.length !== 4 && name.length !== 13) continue;
    const lower = name.toLowerCase();
    if (lower === 'cache-control') caches = given[name];
    else if (lower === 'vary') vary = given[name];
    else continue;
    delete given[name];
  }
  given['cache-control'] = privately((caches ?? response.getHeader('cache-control')) as string | undefined);
  vary ??= response.getHeader('vary');
  given.vary = vary === undefined ? 'Authorization' : `${String(vary)}, Authorization`;
  if (headers['license-usage'] !== undefined) given['license-usage'] = headers['license-usage'];
  return given;
}

function toObject(input: HeaderInput): OutgoingHttpHeaders {
  if (!Array.isArray(input)) return { ...(input as OutgoingHttpHeaders | undefined) };
  const flat = (input as readonly unknown[]).flat(1) as string[];
  const given: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = flat[index]!.toLowerCase();
    const before = given[name];
    given[name] = before === undefined ? flat[index + 1]! : [before, flat[index + 1]!].flat();
  }
  return given;
}

/** What a site says of caches stays where it is no less private. */
export function privately(value: number | string | readonly string[] | undefined): string {
  const text = String(value ?? '');
  return /(?:^|[\s,])(?:private|no-store)(?:[\s,=]|$)/i.test(text) ? text : 'private';
}

function sizeOf(chunk: unknown, encoding: unknown): number {
  if (typeof chunk === 'string') {
    return Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  }
  return chunk instanceof Uint8Array ? chunk.byteLength : 0;
}
