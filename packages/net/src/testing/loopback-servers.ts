import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import type { Policy } from '../check-target.ts';
import { createFetchWith, type FetchOptions, type GuardedFetch } from '../guarded-fetch.ts';
import { createResolver } from '../resolver.ts';
import type { DnsServer } from './dns-server.ts';

// Two loopback addresses play the internet and the private network: 127.0.0.1 and ::1 count as public here, all else not.
const PUBLIC = ['127.0.0.1', '::1'];
const closers: (() => Promise<void>)[] = [];

export const ZONE = new Map([
  ['public.example', { A: ['127.0.0.1'] }],
  ['other.example', { A: ['127.0.0.1'] }],
  ['private.example', { A: ['127.0.0.2'] }],
  ['mixed.example', { A: ['127.0.0.1', '127.0.0.2'] }],
]);

export async function closeServers(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

export function guardedFor(
  dns: DnsServer,
  ports: readonly number[],
  options: FetchOptions = {},
): GuardedFetch {
  const policy: Policy = {
    allowHttp: true,
    allowOrigins: new Set(),
    ports: new Set(['', ...ports.map(String)]),
    refuseAddress: (address) => (PUBLIC.includes(address) ? undefined : 'plays a private address'),
  };
  return createFetchWith({ resolver: createResolver({ servers: [dns.address] }), ...options }, policy);
}

export function redirect(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { location }).end('moved');
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export async function serve(handler: Handler, host = '127.0.0.1', port = 0): Promise<{ port: number }> {
  const server = createServer(handler as RequestListener);
  return { port: await listen(server, host, port) };
}

export async function serveTls(
  certificate: { cert: string; key: string },
  handler: Handler,
): Promise<{ port: number }> {
  const { cert, key } = certificate;
  return { port: await listen(createTlsServer({ cert, key }, handler as RequestListener), '127.0.0.1', 0) };
}

export function serveTcp(handler: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.on('error', () => open.delete(socket));
    handler(socket);
  });
  closers.push(async () => {
    for (const socket of open) socket.destroy();
  });
  return listen(server, '127.0.0.1', 0);
}

async function listen(server: TcpServer | Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  closers.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
