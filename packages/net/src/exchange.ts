import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { canonicalAddress } from './address.ts';
import { bareHost, type Target } from './check-target.ts';
import { NetError } from './errors.ts';

/** One request to one checked target. */
export type HopRequest = {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly connectTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly secureContext: SecureContext | undefined;
  readonly signal: AbortSignal;
};

/** The head of the answer; `discard` closes the connection. */
export type Hop = {
  readonly message: IncomingMessage;
  readonly status: number;
  readonly headers: Headers;
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly address: string;
  discard(): void;
};

type Phase = 'connect' | 'tls' | 'answer';

/** Sends one request over a connection of its own, to one of the target's checked addresses and nowhere else. */
export function exchange(target: Target, hop: HopRequest): Promise<Hop> {
  const secure = target.url.protocol === 'https:';
  let phase: Phase = 'connect';
  return new Promise<Hop>((resolve, reject) => {
    // An agent per request: no connection outlives its check, no proxy is taken from the environment.
    const common = {
      host: bareHost(target.url),
      port: target.url.port === '' ? (secure ? 443 : 80) : Number(target.url.port),
      path: `${target.url.pathname}${target.url.search}`,
      method: hop.method,
      headers: Object.fromEntries(hop.headers),
      lookup: pinnedLookup(target),
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: Math.max(
        250,
        Math.floor(hop.connectTimeoutMs / target.addresses.length),
      ),
      maxHeaderSize: hop.maxHeaderBytes,
      insecureHTTPParser: false,
      signal: hop.signal,
    };
    const request = secure
      ? httpsRequest({
          ...common,
          agent: new HttpsAgent({ keepAlive: false }),
          rejectUnauthorized: true,
          ...(hop.secureContext === undefined ? {} : { secureContext: hop.secureContext }),
        })
      : httpRequest({ ...common, agent: new HttpAgent({ keepAlive: false }) });

    const timer = setTimeout(() => {
      request.destroy(
        new NetError('net-timeout', `No connection to ${common.host} in time.`, `phase ${phase}`),
      );
    }, hop.connectTimeoutMs);
    let address = '';
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        address = canonicalAddress(socket.remoteAddress ?? '');
        if (!target.addresses.some((checked) => checked.address === address)) {
          request.destroy(
            new NetError('net-address-refused', `${common.host} led to an unchecked address.`, address),
          );
          return;
        }
        phase = secure ? 'tls' : 'answer';
        if (!secure) clearTimeout(timer);
      });
      socket.once('secureConnect', () => {
        phase = 'answer';
        clearTimeout(timer);
      });
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(asNetError(error, phase, common.host, hop.signal));
    });
    request.on('upgrade', (_message, socket) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new NetError('net-bad-response', `${common.host} changed the protocol.`, 'status 101'));
    });
    request.on('response', (message) => {
      clearTimeout(timer);
      try {
        const headers = readHeaders(message);
        resolve({
          message,
          status: message.statusCode ?? 0,
          headers,
          lines: linesOf(message),
          address,
          discard: () => request.destroy(),
        });
      } catch (cause) {
        request.destroy(
          new NetError('net-bad-response', `${common.host} sent an invalid header.`, '', cause),
        );
      }
    });
    request.end(hop.body);
  });
}

/** Turns what Node reports into a {@link NetError}; an abort keeps the reason it was given. */
export function asNetError(error: unknown, phase: Phase, host: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof NetError) return error;
  const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (detail === 'HPE_HEADER_OVERFLOW') {
    return new NetError('net-header-too-large', `The headers of ${host} are too large.`, detail, error);
  }
  if (phase === 'connect') {
    return new NetError('net-connect-failed', `No connection to ${host}.`, detail, error);
  }
  if (phase === 'tls') {
    return new NetError('net-tls-failed', `No trusted connection to ${host}.`, detail, error);
  }
  return new NetError('net-bad-response', `${host} did not send a complete, valid answer.`, detail, error);
}

function readHeaders(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of linesOf(message)) headers.append(name, value);
  return headers;
}

function linesOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const lines: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) lines.push([rawHeaders[i]!, rawHeaders[i + 1]!]);
  return lines;
}

// Node asks this instead of DNS, so what was checked is what is connected to.
function pinnedLookup(target: Target): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [...target.addresses]);
    else callback(null, target.addresses[0]!.address, target.addresses[0]!.family);
  };
}
