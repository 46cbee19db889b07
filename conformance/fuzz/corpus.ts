import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Material } from './mutate.ts';

type File = string | { readonly text?: string };
interface Case {
  readonly files: Readonly<Record<string, File>>;
  readonly ask: Readonly<Record<string, unknown>>;
}

const conformance = join(import.meta.dirname, '..');
const vectors = process.env.CLEARWAY_VECTORS ?? '../shared/vectors';

/** All texts of the cases by the name of their file, and in `paths` and `patterns` what the questions ask about. */
const texts = new Map<string, Set<string>>();
function keep(name: string, text: unknown): void {
  if (typeof text !== 'string' || text.length > 10_000) return;
  const found = texts.get(name) ?? new Set();
  texts.set(name, found.add(text));
}
for (const suite of ['rsl', 'signals']) {
  const folder = join(conformance, suite, 'cases');
  for (const name of readdirSync(folder).sort()) {
    for (const { files, ask } of JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[]) {
      for (const [file, body] of Object.entries(files))
        keep(file, typeof body === 'string' ? body : body.text);
      keep('patterns', ask.pattern);
      keep('paths', ask.path ?? ask.url);
    }
  }
}
for (const name of ['dictionary.json', 'param-dict.json', 'key-generated.json', 'examples.json']) {
  const path = join(vectors, 'structured-fields', name);
  if (!existsSync(path)) continue;
  for (const { raw } of JSON.parse(readFileSync(path, 'utf8')) as { raw: readonly string[] }[])
    keep('dictionary', raw.join(', '));
}
const bombs = join(vectors, 'xml-bombs');
if (existsSync(bombs))
  for (const name of readdirSync(bombs))
    if (name.endsWith('.xml')) keep('document.xml', readFileSync(join(bombs, name), 'latin1'));

/** Headers of browsers and crawlers: a few of our own, and those that others collected. */
export const headersOfPeople: readonly string[] = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'CCBot/2.0 (https://commoncrawl.org/faq/)',
  'Mozilla/5.0 (compatible; Kangaroo Bot/1.0)',
  ...['browsers.yml', 'crawlers.yml'].flatMap((name) => {
    const path = join(vectors, 'user-agents', name);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    return lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  }),
];

/** What the cases hold under these names, and the words of a language. */
export function material(names: readonly string[], words: string): Material {
  const found = names.flatMap((name) => [...(texts.get(name) ?? [])]);
  if (found.length === 0) throw new Error(`There is no text for ${names.join(', ')}.`);
  return { texts: found, words: words.split('|') };
}
