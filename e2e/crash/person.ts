import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect, Ledger } from './ledger.ts';

/** An answer that arrived in full. */
export type Answer = { readonly status: number; readonly text: string; json<T>(): T };

export type Request = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** A body with its type, e.g. a multipart form; the same bytes at every try. */
  readonly raw?: { readonly type: string; readonly body: Buffer };
  /** What it adds; with it the request is repeated until it is answered. */
  readonly effect?: Effect;
  /** Sent once more after the answer, with the same key: the answer must be the same. */
  readonly again?: boolean;
};

/** One person at her own browser in a network of her own. */
export type Person = {
  readonly email: string;
  /** Sends until an answer below 500 arrived in full; API requests keep their Idempotency-Key at every try. */
  send(request: Request): Promise<Answer & { readonly tries: number }>;
};

/** The road to the instance: closed while it is down, and while it is looked at. */
export type Road = {
  readonly base: string;
  readonly ledger: Ledger;
  /** Resolves when requests may go out. */
  open(): Promise<void>;
  /** How many requests are out. */
  out: number;
};

let keys = 0;

/** `cookie` is the header of a session that exists already. */
export function createPerson(road: Road, email: string, network: string, cookie = ''): Person {
  const cookies = new Map(
    cookie
      .split('; ')
      .filter((one) => one !== '')
      .map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const),
  );

  async function once(request: Request, key: string): Promise<Answer> {
    const { method = 'GET', path, json, form, raw } = request;
    const headers: Record<string, string> = {
      'X-Forwarded-For': network,
      Accept: path.startsWith('/api/') ? 'application/json' : 'text/html',
    };
    if (cookies.size > 0) headers.Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (method !== 'GET') headers.Origin = road.base;
    if (method !== 'GET' && path.startsWith('/api/')) headers['Idempotency-Key'] = key;
    const body =
      json !== undefined ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : raw?.body;
    if (json !== undefined) headers['Content-Type'] = 'application/json';
    if (form) headers['Content-Type'] = 'application/x-www-form-urlencoded';
    if (raw) headers['Content-Type'] = raw.type;
    const response = await fetch(new URL(path, road.base), {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
      cookies.set(name.trim(), value.trim());
    }
    if (response.headers.has('Idempotency-Replayed')) road.ledger.replayed += 1;
    return { status: response.status, text, json: () => JSON.parse(text) };
  }

  /** What was acknowledged stays so when the second try is lost. */
  async function sameAgain(request: Request, key: string, first: Answer): Promise<void> {
    const second = await once(request, key).catch((error: unknown) => {
      if (!isLost(error)) throw error;
    });
    if (second && second.status < 500 && (second.status !== first.status || second.text !== first.text))
      throw new Error(
        `${request.path}: the same key got ${second.status} ${second.text} after ${first.text}`,
      );
  }

  return {
    email,
    async send(request) {
      const key = `key-${keys++}`;
      const { ledger } = road;
      for (let tries = 1; ; tries++) {
        await road.open();
        if (request.effect) ledger.underWay.set(key, request.effect);
        road.out += 1;
        try {
          const answer = await once(request, key);
          if (answer.status < 500) {
            if (request.method && request.method !== 'GET') ledger.acknowledged += 1;
            if (request.again && answer.status < 300) await sameAgain(request, key, answer);
            ledger.underWay.delete(key);
            return { ...answer, tries };
          }
        } catch (error) {
          if (!isLost(error)) throw error;
        } finally {
          road.out -= 1;
        }
        ledger.repeated += 1;
        await sleep(50);
      }
    },
  };
}

/** The connection broke, was refused, or nothing came. */
function isLost(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
}
