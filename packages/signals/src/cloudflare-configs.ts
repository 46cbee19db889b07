import { compilePattern } from '@clearway/rsl';
import type { HeaderLines, HeaderSet } from './header-set.ts';
import { overlaps } from './overlaps.ts';

/** A ruleset of the phase `http_response_headers_transform`; later rules set what earlier ones have set. */
export function cloudflareRuleset({ whole, parts }: HeaderSet): string {
  const names = namesOf([whole, ...parts.map((one) => one.headers)]);
  const rule = (description: string, test: string, headers: HeaderLines, gone: readonly string[]) => ({
    description,
    expression: test,
    action: 'rewrite',
    action_parameters: {
      headers: Object.fromEntries([
        ...headers.map(([name, value]) => [name, { operation: 'set', value }] as const),
        ...gone.map((name) => [name, { operation: 'remove' }] as const),
      ]),
    },
  });
  const rules = [
    rule('AI terms of the site', 'true', whole, []),
    ...parts.map(({ pattern, headers }) => {
      const spellings = new Set([
        wildcard(pattern),
        wildcard(pattern).replaceAll('%2A', '\\*').replaceAll('%24', '$'),
      ]);
      const test = [...spellings]
        .map((one) => `http.request.uri strict wildcard ${JSON.stringify(one)}`)
        .join(' or ');
      return rule(`AI terms of ${pattern}`, test, headers, without(names, headers));
    }),
  ];
  return `${JSON.stringify({ phase: 'http_response_headers_transform', rules }, null, 2)}\n`;
}

/** More rules than these are left unread there. */
const maxRules = 100;

/**
 * There all blocks that match add up, so a part takes off first what others have said. A pattern has one `*` at most and no
 * query: where one is beyond that, the whole and each part that overlaps with it say only what all parts say.
 */
export function cloudflarePages({ whole, parts, common = whole }: HeaderSet): string {
  const block = (path: string, lines: readonly string[]) =>
    `${path}\n${lines.map((one) => `  ${one}\n`).join('')}`;
  const line = ([name, value]: readonly [string, string]) => `${name}: ${value}`;
  const beyond = parts.filter(({ pattern }) => !fits(pattern)).map((one) => compilePattern(one.pattern));
  const said = parts
    .filter(({ pattern }) => fits(pattern))
    .map(({ pattern, headers }) => {
      // Queries are not compared there: a page is meant with any.
      const own = [pattern, ...(pattern.endsWith('$') ? [`${pattern.slice(0, -1)}?`] : [])].map(
        compilePattern,
      );
      const reached = beyond.some((one) => own.some((each) => overlaps(one, each)));
      return { pattern, headers: reached ? common : headers };
    });
  if (said.length >= maxRules) return block('/*', common.map(line));
  const first = beyond.length > 0 ? common : whole;
  const names = namesOf([first, ...said.map((one) => one.headers)]);
  return [
    block('/*', first.map(line)),
    ...said.map(({ pattern, headers }) =>
      block(wildcard(pattern), [...names.map((name) => `! ${name}`), ...headers.map(line)]),
    ),
  ].join('\n');
}

/** A colon begins a placeholder there, and whether the encoded or the decoded path is compared is not said. */
function fits(pattern: string): boolean {
  return wildcard(pattern).split('*').length <= 2 && !/[?%:]/.test(pattern);
}

function wildcard(pattern: string): string {
  return pattern.endsWith('$') ? pattern.slice(0, -1) : pattern.endsWith('*') ? pattern : `${pattern}*`;
}

function without(names: readonly string[], headers: HeaderLines): string[] {
  return names.filter((name) => !headers.some(([one]) => one === name));
}

function namesOf(all: readonly HeaderLines[]): string[] {
  return [...new Set(all.flat().map(([name]) => name))];
}
