import type { IncomingMessage } from 'node:http';
import type { GateRequest } from '../decision.ts';

/** A request of `node:http` as the gate sees it; `originalUrl` is what frameworks keep the whole target in. */
export function readRequest(request: IncomingMessage & { originalUrl?: string }): GateRequest {
  const { headers } = request;
  const method = request.method ?? 'GET';
  const target = request.originalUrl ?? request.url ?? '/';
  if (headers.authorization === undefined) return { method, target, headers };
  return { method, target, headers, authorization: valuesOf(request.rawHeaders, 'authorization') };
}

/** Every field of one name, where `headers` shows the first only. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]!.toLowerCase() === name) values.push(rawHeaders[index + 1]!);
  }
  return values;
}
