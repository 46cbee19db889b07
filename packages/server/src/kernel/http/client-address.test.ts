import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';
import { createRouter } from './router.ts';

async function seen(peer: string | undefined, forwarded?: string): Promise<string> {
  const router = createRouter();
  router.get('/', (c) => c.text(clientAddress(c)));
  const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded };
  const env = peer === undefined ? undefined : { incoming: { socket: { remoteAddress: peer } } };
  return (await router.request('/', { headers }, env)).text();
}

it('takes the word of a proxy next door for the address it saw itself, and of nobody else', async () => {
  expect(await seen(undefined)).toBe('');
  expect(await seen('93.184.216.34')).toBe('93.184.216.34');
  expect(await seen('93.184.216.34', '8.8.8.8')).toBe('93.184.216.34');
  expect(await seen('::ffff:93.184.216.34', '8.8.8.8')).toBe('93.184.216.34');
  expect(await seen('127.0.0.1', '1.1.1.1, 8.8.8.8')).toBe('8.8.8.8');
  expect(await seen('10.0.0.7', '2001:4860:4860::8888')).toBe('2001:4860:4860::8888');
  expect(await seen('::1', 'unknown')).toBe('::1');
  expect(await seen('::1')).toBe('::1');
});
