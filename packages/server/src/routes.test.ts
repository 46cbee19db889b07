import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { createTestKernel, type TestKernel } from './testing/test-kernel.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

it('gives every address to one module only', () => {
  const shapes = createApp(k)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:[^/]+/g, ':x')}`);
  const owners = new Map<string, number>();
  for (const shape of shapes) owners.set(shape, (owners.get(shape) ?? 0) + 1);
  // A route with a validator registers that and its handler under one path.
  const documented = new Set(
    Object.keys(
      createApp(k).getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } }).paths ?? {},
    ).map((path) => path.replaceAll(/\{[^}]+\}/g, ':x')),
  );
  const twice = [...owners].filter(
    ([shape, count]) => count > 1 && !documented.has(shape.split(' ')[1] ?? ''),
  );
  expect(twice).toEqual([]);
});
