import type { ReadableStreamDefaultController } from 'node:stream/web';

/** One answer of a played network; README.md says what each word means. */
export interface PlayedResponse {
  readonly url: string;
  readonly method?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Instead of `body`, where it is no text in UTF-8. */
  readonly bodyBase64?: string;
  /** Before a body that is repeated. */
  readonly head?: string;
  /** The body again and again, up to so many bytes. */
  readonly repeatTo?: number;
  /** `connection`: nobody answers. `headers`: no answer ever comes. `body`: it begins and never ends. */
  readonly silent?: 'connection' | 'headers' | 'body';
}

/** What was asked of it, and how much of each body was taken. */
export interface PlayedNetwork {
  readonly asked: { readonly url: string; readonly method: string; readonly init: RequestInit }[];
  readonly sent: Map<string, number>;
  fetch(url: string, init: object): Promise<Response>;
}

/** Plays a list of answers; what is not in the list is a 404. Each answer is given as often as it is asked for. */
export function playNetwork(responses: readonly PlayedResponse[]): PlayedNetwork {
  const network: PlayedNetwork = { asked: [], sent: new Map(), fetch };
  async function fetch(url: string, given: object): Promise<Response> {
    const init = given as RequestInit;
    const method = init.method ?? 'GET';
    network.asked.push({ url, method, init });
    const found =
      responses.find((one) => one.url === url && one.method === method) ??
      responses.find((one) => one.url === url && one.method === undefined);
    if (!found) return new Response('Not found', { status: 404 });
    if (found.silent === 'connection') throw new TypeError('Nobody answers.');
    if (found.silent === 'headers') return new Promise(() => {});
    const { status = 200, headers = {} } = found;
    const asked = new Headers(init.headers);
    const same =
      (headers.ETag !== undefined && asked.get('If-None-Match') === headers.ETag) ||
      (headers['Last-Modified'] !== undefined && asked.get('If-Modified-Since') === headers['Last-Modified']);
    if (same) return new Response(null, { status: 304, headers });
    const noBody = method === 'HEAD' || [204, 304].includes(status);
    return new Response(noBody ? null : bodyOf(found, network), { status, headers });
  }
  return network;
}

function bodyOf(found: PlayedResponse, network: PlayedNetwork): BodyInit {
  const { body = '', bodyBase64, head = '', repeatTo, silent, url } = found;
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64');
  if (repeatTo === undefined && silent === undefined) return new TextEncoder().encode(body);
  const piece = new TextEncoder().encode(
    body.repeat(Math.max(Math.ceil(16_384 / Math.max(body.length, 1)), 1)),
  );
  const first = new TextEncoder().encode(head);
  let left = repeatTo ?? 0;
  let begun = false;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (!begun && first.byteLength > 0) {
      begun = true;
      return controller.enqueue(first);
    }
    if (silent === 'body' && left <= 0) return new Promise<void>(() => {});
    if (left <= 0) return controller.close();
    const next = piece.subarray(0, left);
    left -= next.byteLength;
    network.sent.set(url, (network.sent.get(url) ?? 0) + next.byteLength);
    return controller.enqueue(next);
  };
  return new ReadableStream({ pull } as UnderlyingDefaultSource<Uint8Array>, { highWaterMark: 0 });
}
