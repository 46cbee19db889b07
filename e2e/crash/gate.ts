// One gate before a small site, in a process of its own, so that it can be killed. Runs on what was built.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gateMiddleware, openGate, readGateKey } from '@clearway/gate/node';

const given = JSON.parse(process.argv[2] ?? '{}') as {
  key: string;
  instance: string;
  directory: string;
  port: number;
};
const key = await readGateKey(given.key);
const opened = await openGate({
  key,
  bundleUrl: `${given.instance}/api/gates/${key.site}/bundle`,
  usageUrl: `${given.instance}/api/segments`,
  directory: given.directory,
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  bundleEveryMs: 1_000,
  spool: { sealEveryMs: 120 },
});
const gate = gateMiddleware(opened.gate);
const server = createServer((request, response) =>
  gate(request, response, () => response.end(`This is ${request.url}.`.padEnd(500, ' '))),
);
server.listen(given.port, '127.0.0.1', () => console.log(`ready ${(server.address() as AddressInfo).port}`));

process.on('SIGTERM', () => {
  server.close(() => void opened.close());
  server.closeAllConnections();
});
