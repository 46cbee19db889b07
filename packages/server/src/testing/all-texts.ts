import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LOCALES, type Locale } from '../kernel/index.ts';

/** One text of a catalogue; what it is made from is `value`, as often as it asks. */
export type Text = { readonly at: string; readonly locale: Locale; readonly text: string };

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/** Every text of every catalogue (`*messages.ts`) in both languages. */
export async function allTexts(value: unknown): Promise<Text[]> {
  const texts: Text[] = [];
  const walk = (entry: unknown, at: string, locale: Locale): void => {
    if (typeof entry === 'string') texts.push({ at, locale, text: entry });
    else if (typeof entry === 'function') walk(entry(...Array(entry.length).fill(value)), at, locale);
    else if (Array.isArray(entry)) for (const one of entry) walk(one, at, locale);
    else if (typeof entry === 'object' && entry !== null)
      for (const [key, one] of Object.entries(entry)) walk(one, `${at}.${key}`, locale);
  };
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:^|[/-])messages\.ts$/.test(name),
  );
  for (const file of files) {
    const catalogues = await import(pathToFileURL(`${SOURCE}/${file}`).href);
    for (const pick of Object.values(catalogues))
      if (typeof pick === 'function')
        for (const locale of LOCALES) walk(pick(locale), `${file} ${locale}`, locale);
  }
  return texts;
}
