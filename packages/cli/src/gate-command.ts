import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateKey, createGateProxy, forwardAuth, openGate, readGateKey } from '@clearway/gate/node';
import type { Command } from 'commander';
import { untilTold } from './serve-command.ts';

type GateFlags = {
  origin?: string;
  bundle: string;
  key: string;
  spool: string;
  port: string;
  host: string;
  usage?: string;
  trustProxy?: string[];
  alsoHost?: string[];
  bundleEvery: string;
};

/** `clearway gate` and `clearway gate-key`: stand before a site. */
export function addGate(program: Command): void {
  program
    .command('gate')
    .description('Stand before a site: people pass, AI crawlers need a license')
    .option('--origin <url>', 'the site behind; without it the gate answers nginx auth_request and the like')
    .requiredOption('--bundle <url>', 'where the signed bundle of the site is')
    .requiredOption('--key <file>', 'key file of this gate, see gate-key')
    .requiredOption('--spool <dir>', 'directory for usage; one for each gate')
    .option('--usage <url>', 'where usage is delivered; without it segments stay in the spool')
    .option('--port <number>', 'port; 0 takes a free one', '8402')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--trust-proxy <address...>', 'proxies in front whose word on the client is believed')
    .option('--also-host <name...>', 'other names (host[:port]) the site answers to')
    .option('--bundle-every <seconds>', 'seconds between two looks for a new bundle', '10')
    .action(runGate);
  program
    .command('gate-key <file>')
    .description('Make a key file for a new gate and print its public key')
    .action(async (file: string) => {
      console.log(await createGateKey(file));
      console.error(
        `Register this public key at your site, then write gate, site, secret and trust into ${file}.`,
      );
    });
}

async function runGate(flags: GateFlags): Promise<void> {
  const onError = (error: unknown) => console.error(error instanceof Error ? error.message : error);
  const opened = await openGate({
    key: await readGateKey(flags.key),
    bundleUrl: flags.bundle,
    ...(flags.usage ? { usageUrl: flags.usage } : {}),
    directory: flags.spool,
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    hosts: (flags.alsoHost ?? []).map((name) => name.toLowerCase()),
    bundleEveryMs: Number(flags.bundleEvery) * 1000,
    onError,
  });
  const trusted = flags.trustProxy ? { trustedProxies: flags.trustProxy } : {};
  const server: Server = flags.origin
    ? createGateProxy({ gate: opened.gate, origin: flags.origin, onError, ...trusted })
    : createServer(forwardAuth({ gate: opened.gate, ...trusted }));
  await once(server.listen(Number(flags.port), flags.host), 'listening');
  const { address, family, port } = server.address() as AddressInfo;
  const shown = family === 'IPv6' ? `[${address}]` : address;
  console.log(`The gate stands at http://${shown}:${port}${flags.origin ? ` before ${flags.origin}` : ''}`);
  await untilTold();
  server.close();
  server.closeIdleConnections();
  // Answers under way may end; what hangs is cut off, so that what was given out is sealed.
  const hanging = setTimeout(() => server.closeAllConnections(), 5_000);
  await once(server, 'close');
  clearTimeout(hanging);
  await opened.close();
}
