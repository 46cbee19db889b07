import { afterAll, beforeAll, expect, it } from 'vitest';
import { createResolver, type Resolver } from './resolver.ts';
import { type DnsServer, startDnsServer } from './testing/index.ts';

let dns: DnsServer;
let resolver: Resolver;

beforeAll(async () => {
  dns = await startDnsServer();
  resolver = createResolver({ servers: [dns.address], timeoutMs: 10_000 });
});
afterAll(() => dns.stop());

it('resolves IPv4 and IPv6 addresses', async () => {
  dns.zone.set('both.example', { A: ['93.184.216.34', '93.184.216.35'], AAAA: ['2606:4700::1'] });
  expect(await resolver.resolve('both.example')).toEqual([
    { address: '93.184.216.34', family: 4 },
    { address: '93.184.216.35', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ]);
});

it('resolves a name with one family only', async () => {
  dns.zone.set('six.example', { AAAA: ['2606:4700::1'] });
  expect(await resolver.resolve('six.example')).toEqual([{ address: '2606:4700::1', family: 6 }]);
});

it('fails for a name that does not exist or has no address', async () => {
  dns.zone.set('empty.example', { TXT: ['x'] });
  await expect(resolver.resolve('nowhere.example')).rejects.toMatchObject({
    code: 'net-dns-failed',
    detail: 'ENOTFOUND',
  });
  await expect(resolver.resolve('empty.example')).rejects.toMatchObject({ code: 'net-dns-failed' });
});

it('answers localhost without asking', async () => {
  expect((await resolver.resolve('localhost')).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  expect(dns.queries.some(({ name }) => name === 'localhost')).toBe(false);
});

it('reads TXT records, long and non-ASCII ones too', async () => {
  const long = `clearway=${'é1'.repeat(200)}`;
  dns.zone.set('_clearway.site.example', { TXT: ['other', long] });
  expect(await resolver.txt('_clearway.site.example')).toEqual(['other', long]);
  expect(await resolver.txt('_clearway.none.example')).toEqual([]);
});

it('walks through a sequence of answers and stays at the last', async () => {
  dns.zone.set('turn.example', { TXT: { sequence: [['one'], [], ['three']] } });
  const seen = [];
  for (let i = 0; i < 4; i++) seen.push(await resolver.txt('turn.example'));
  expect(seen).toEqual([['one'], [], ['three'], ['three']]);
});

it('fails when the server is silent', async () => {
  const silent = await startDnsServer();
  await silent.stop();
  const lost = createResolver({ servers: [silent.address], timeoutMs: 100 });
  await expect(lost.txt('_clearway.site.example')).rejects.toMatchObject({ code: 'net-dns-failed' });
});

it('uses the hosts file for addresses when it is the system resolver', async () => {
  const found = await createResolver().resolve('localhost');
  expect(found.some(({ address }) => address === '127.0.0.1' || address === '::1')).toBe(true);
});
