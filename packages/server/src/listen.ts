import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';

/** Answers one request. */
export type Handler = (request: Request, env: unknown) => Response | Promise<Response>;

/** Open listeners with one port. */
export type Listeners = {
  readonly port: number;
  /** Says who answers from now on; before, everybody is asked to come back in a moment. */
  answerWith(handler: Handler): void;
  close(): Promise<void>;
};

const LOOPBACK = ['127.0.0.1', '::1'];

/** Listens on the given address, or on both loopback addresses (the second only where the machine has IPv6). */
export async function listen(host: string | undefined, port: number): Promise<Listeners> {
  let handler: Handler = () => new Response('Starting.\n', { status: 503, headers: { 'Retry-After': '1' } });
  const servers: ServerType[] = [];
  const close = async () => {
    await Promise.all(servers.map(closeServer));
  };
  let taken = port;
  try {
    for (const address of host === undefined ? LOOPBACK : [host]) {
      const server = createAdaptorServer({ fetch: (request, env) => handler(request, env) });
      const opened = await open(server, address, taken).catch((error: NodeJS.ErrnoException) => {
        if (address === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
          return undefined;
        throw error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${taken} is in use. Stop the program that uses it, or choose another with --port.`,
            )
          : error;
      });
      if (opened === undefined) continue;
      servers.push(server);
      taken = opened;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port: taken,
    answerWith: (next) => {
      handler = next;
    },
    close,
  };
}

function open(server: ServerType, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host === '::1' }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    // Requests under way get two seconds to end.
    setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2_000).unref();
  });
}
