import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subscribers } from '@clearway/server';
import { page, table } from './markdown.ts';

/** Which events modules send through the outbox, and who hears them. */
export function describeEvents(source: string): string {
  const sent = new Map<string, string>();
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.tsx?$/.test(file) || /\.test\.|(?:^|\/)testing\/|^kernel\/outbox\.ts$/.test(file)) continue;
    const text = readFileSync(join(source, file), 'utf8');
    for (const [, type = ''] of text.matchAll(/\bemit\(\s*\w+,\s*'([^']+)'/g)) sent.set(type, file);
  }
  const unsent = subscribers.filter(({ on }) => !sent.has(on)).map(({ on }) => on);
  if (unsent.length > 0) throw new Error(`Somebody waits for events nobody sends: ${unsent.join(', ')}`);
  const rows = [...sent].sort().map(([type, file]) => {
    const heard = subscribers.filter(({ on }) => on === type).map(({ name }) => `\`${name}\``);
    return [`\`${type}\``, `\`${file}\``, heard.join(', ') || 'nobody yet'];
  });
  return page(
    'Events',
    'What one module tells the others. An event is written to the outbox in the transaction in which it happened; `app.ts`\nnames the ordinary use case it leads to, which runs as a job, at least once, its effects and its end in one transaction.',
    table(['Event', 'Sent by', 'Heard by'], rows),
  );
}
