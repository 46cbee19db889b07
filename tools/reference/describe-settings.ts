import { SETTINGS } from '@clearway/server';
import { page, table } from './markdown.ts';

/** Every process setting with its variable and default. */
export function describeSettings(): string {
  const rows = Object.values(SETTINGS).map(({ env, about, parse }) => {
    const standard = parse.safeParse(undefined).data;
    return [`\`${env}\``, standard === undefined ? '' : `\`${String(standard)}\``, `${about}.`];
  });
  return page(
    'Settings',
    'The process reads these variables from its environment; options of `clearway serve` win over them. What the operator\nsays about the instance (name, who runs it, fee, currency, zone) is not here: it is kept in the database and changed on\nthe set-up page.',
    table(['Variable', 'Default', 'Meaning'], rows),
  );
}
