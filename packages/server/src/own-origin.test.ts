import { createFetch } from '@clearway/net';
import { expect, it } from 'vitest';
import { withOwnOrigin } from './own-origin.ts';

const outside = createFetch();
const app = (request: Request) =>
  new Response(`own ${new URL(request.url).pathname}`, { headers: { 'X-A': 'b' } });

it('answers its own loopback address inside the process, and nothing else', async () => {
  const fetch = withOwnOrigin(outside, 'http://localhost:4000', () => app);
  const own = await fetch('http://localhost:4000/w/1?x=1');
  expect([own.status, new TextDecoder().decode(own.body), own.headers.get('x-a')]).toEqual([
    200,
    'own /w/1',
    'b',
  ]);
  for (const url of [
    'http://localhost:4001/',
    'http://127.0.0.1:4000/',
    'http://localhost:4000@10.0.0.1/',
    'not a url',
  ]) {
    await expect(fetch(url)).rejects.toMatchObject({ code: expect.stringMatching(/^net-/) });
  }
});

it('leaves a public instance to the network', () => {
  expect(withOwnOrigin(outside, 'https://licences.example.org', () => app)).toBe(outside);
});
