import { expect, it } from 'vitest';
import { browserModules } from './browser-modules.ts';

const app = browserModules();
const get = (path: string) => app.request(`http://localhost/modules/protocol/${path}`);

it('serves every module that checking a statement needs, and nothing from elsewhere', async () => {
  const seen = new Set<string>();
  const visit = async (url: URL): Promise<void> => {
    if (seen.has(url.pathname)) return;
    seen.add(url.pathname);
    const response = await app.request(url.href);
    expect([url.pathname, response.status]).toEqual([url.pathname, 200]);
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    for (const [, target = ''] of (await response.text()).matchAll(/^(?:im|ex)port\s.*?from '([^']+)'/gms)) {
      expect(target).toMatch(/^\.\.?\//);
      await visit(new URL(target, url));
    }
  };
  for (const name of ['verify-file.js', 'tell-check.js'])
    await visit(new URL(`http://localhost/modules/protocol/${name}`));
  expect(seen.size).toBeGreaterThan(8);
});

it('knows only its modules', async () => {
  for (const path of [
    'none.js',
    '../package.json',
    'index.d.ts',
    '..%2f..%2fserver%2fdist%2findex.js',
    '.tsbuildinfo',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
});
