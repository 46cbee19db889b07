// Writes usage into a spool as fast as it goes and says on standard output how many records are durable, until killed.
import { fromHex, importPrivateKey } from '@clearway/protocol';
import { openSpool } from '../node/spool.ts';

const [directory = '', key = ''] = process.argv.slice(2);
const { privateKey } = await importPrivateKey(fromHex(key));
const spool = await openSpool({
  directory,
  gate: 'gate-1',
  site: 'site-1',
  privateKey,
  sealEveryMs: 20,
});
let last = -1;
for (;;) {
  for (let each = 0; each < 20 && spool.reserve(); each += 1) {
    const draft = {
      tokenId: 't-1',
      agreement: 'a-1',
      client: 'c-1',
      path: '/a',
      use: 'ai-train',
      bundle: 1,
    } as const;
    spool.record(draft, { at: Date.now(), status: 200, bytes: 5 });
  }
  await new Promise((resolve) => setTimeout(resolve, 1));
  const { durable } = spool.counts('a-1');
  if (durable !== last) process.stdout.write(`${durable}\n`);
  last = durable;
}
