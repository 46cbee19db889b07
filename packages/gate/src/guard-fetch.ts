import { decide, settle } from './decide.ts';
import type { Pass } from './decision.ts';
import type { Gate } from './gate.ts';

/**
 * Puts a gate before a handler of the Fetch API (Hono's `app.fetch`, workers, edge runtimes). The runtime has resolved dot
 * segments in `request.url` by then, so that gate and handler read the same address.
 *
 * @example
 * ```ts
 * const usage = { reserve: () => true, release() {}, record() {}, refused() {}, counts: () => ({ count: 0, durable: 0 }), fetchesOf: () => 0 };
 * const guarded = guardFetch(createGate({ now: () => 0, usage }), async () => new Response('hello'));
 * (await guarded(new Request('https://blog.example/'))).status // => 200
 * (await guarded(new Request('https://blog.example/', { headers: { 'user-agent': 'GPTBot/1.2' } }))).status // => 503
 * ```
 */
export function guardFetch(
  gate: Gate,
  handler: (request: Request) => Response | Promise<Response>,
): (request: Request) => Promise<Response> {
  return async function guarded(request) {
    const url = new URL(request.url);
    const headers: Record<string, string> = { host: url.host };
    for (const name of asked) {
      const value = request.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    const target = url.pathname + url.search;
    const decision = await decide(gate, { method: request.method, target, headers });
    if (decision.kind === 'deny') {
      const body = decision.body === '' ? null : decision.body;
      return new Response(body, { status: decision.status, headers: decision.headers });
    }
    const { path } = decision;
    const canonical =
      path === undefined || path === target ? request : new Request(url.origin + path, request);
    if (!decision.usage) return handler(canonical);
    return count(gate, decision, handler, canonical);
  };
}

const asked = ['user-agent', 'authorization', 'accept', 'accept-language', 'signature', 'signature-input'];

async function count(
  gate: Gate,
  decision: Pass,
  handler: (request: Request) => Response | Promise<Response>,
  request: Request,
): Promise<Response> {
  let response: Response;
  try {
    response = await handler(request);
  } catch (error) {
    settle(gate, decision, { status: 500, bytes: 0 });
    throw error;
  }
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(decision.headers)) {
    if (name === 'vary') headers.append(name, value);
    else headers.set(name, value);
  }
  if (!response.body) {
    settle(gate, decision, { status, bytes: 0 });
    return new Response(null, { status, statusText, headers });
  }
  return new Response(
    counted(response.body, (bytes) => settle(gate, decision, { status, bytes })),
    {
      status,
      statusText,
      headers,
    },
  );
}

/** The same stream; tells once how many bytes went through, also when the client goes away. */
function counted(
  body: ReadableStream<Uint8Array>,
  done: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  let told = false;
  function tell(): void {
    if (!told) done(bytes);
    told = true;
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await reader.read();
        if (next.done) {
          tell();
          controller.close();
          return;
        }
        bytes += next.value.byteLength;
        controller.enqueue(next.value);
      } catch (error) {
        tell();
        controller.error(error);
      }
    },
    async cancel(reason) {
      tell();
      await reader.cancel(reason);
    },
  });
}
