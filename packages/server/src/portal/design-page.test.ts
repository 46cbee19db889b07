import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import * as web from '../web/index.ts';
import { designPage } from './design-page.tsx';

const HERE = import.meta.dirname;
const STATIC = `${HERE}/../web/static`;

let k: TestKernel;
let browser: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  browser = openBrowser(createApp(k, [designPage()]));
});
afterAll(() => k.close());

const page = async (lang: string) => (await browser.get(`/_design?lang=${lang}`)).text();

it('shows every component there is', () => {
  const components = Object.keys(web).filter((name) => /^[A-Z][a-z]/.test(name));
  const source = readdirSync(HERE)
    .filter((name) => /^design-.*\.tsx$/.test(name))
    .map((name) => readFileSync(`${HERE}/${name}`, 'utf8'))
    .join('\n');
  expect(components.length).toBeGreaterThan(20);
  expect(components.filter((name) => !new RegExp(`<${name}\\b`).test(source))).toEqual([]);
});

it.each(['en', 'de'])('shows every custom element, with its script (%s)', async (lang) => {
  const html = await page(lang);
  const scripts = readdirSync(STATIC).filter((name) => name.endsWith('.js'));
  const elements = scripts.flatMap((script) =>
    [...readFileSync(`${STATIC}/${script}`, 'utf8').matchAll(/customElements\.define\('([\w-]+)'/g)].map(
      ([, name]) => ({ script, name }),
    ),
  );
  expect(elements.length).toBeGreaterThan(5);
  const absent = elements.filter(
    ({ script, name }) => !html.includes(`<${name}`) || !html.includes(`src="/static/${script}"`),
  );
  expect(absent).toEqual([]);
});

it.each(['en', 'de'])('shows every kind of field with what is wrong with it (%s)', async (lang) => {
  const html = await page(lang);
  for (const field of ['input', 'textarea', 'select', 'type="file"', 'type="radio"', 'type="checkbox"'])
    expect(html, field).toMatch(new RegExp(`<[^>]*\\b${field}[^>]*aria-invalid="true"`));
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  const described = [...html.matchAll(/aria-describedby="([^"]+)"/g)].flatMap(([, all]) => all!.split(' '));
  expect(described.filter((id) => !ids.includes(id))).toEqual([]);
});

it('takes files as the element sends them, and keeps none', async () => {
  const form = new FormData();
  form.append('files', new File(['words'], 'poem.txt'));
  form.append('files', new File([], 'nothing.txt'));
  const answer = await browser.send('/_design/files', {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: form,
  });
  const { files } = (await answer.json()) as { files: { filename: string; outcome: string }[] };
  expect(files.map(({ filename, outcome }) => [filename, outcome])).toEqual([
    ['poem.txt', 'registered'],
    ['nothing.txt', 'refused'],
  ]);
});

it('finds names as the element asks for them', async () => {
  const html = await (await browser.get('/_design?q=ada')).text();
  const names = /<div id="names"[^>]*>(.*?)<\/div>/s.exec(html)![1]!;
  expect([...names.matchAll(/<bdi>(.*?)<\/bdi>/g)].map(([, name]) => name)).toEqual(['Ada Lindqvist']);
});
