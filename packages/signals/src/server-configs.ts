import { cloudflarePages, cloudflareRuleset } from './cloudflare-configs.ts';
import type { HeaderLines, HeaderSet } from './header-set.ts';
import { pathExpression, unusualTarget } from './path-expression.ts';

/** The configuration of one kind of server. */
export interface ServerConfig {
  readonly server: 'nginx' | 'Caddy' | 'Apache' | 'Cloudflare' | 'Cloudflare Pages';
  readonly path: string;
  readonly content: string;
}

/**
 * Header lines as the configuration of nginx, Caddy, Apache and Cloudflare (a ruleset for the API, and a `_headers` file).
 * Of several parts that match an address the last one counts. Throws TypeError on a pattern that is no path.
 *
 * @example
 * ```ts
 * import { serverConfigs } from '@clearway/signals';
 *
 * const [nginx] = serverConfigs({ whole: [['tdm-reservation', '1']], parts: [] });
 * nginx.content // => "add_header tdm-reservation '1' always;\n"
 * ```
 */
export function serverConfigs(set: HeaderSet): ServerConfig[] {
  for (const { pattern } of set.parts)
    if (!/^\/[^\s\p{Cc}]*$/u.test(pattern)) throw new TypeError(`"${pattern}" is no path pattern.`);
  return [
    { server: 'nginx', path: 'headers/nginx.conf', content: nginx(set) },
    { server: 'Caddy', path: 'headers/Caddyfile', content: caddy(set) },
    { server: 'Apache', path: 'headers/apache.conf', content: apache(set) },
    { server: 'Cloudflare', path: 'headers/cloudflare-ruleset.json', content: cloudflareRuleset(set) },
    { server: 'Cloudflare Pages', path: 'headers/_headers', content: cloudflarePages(set) },
  ];
}

/** The cases of a site: an expression for the request target and what is sent where it matches; the last one counts. */
function casesOf({ whole, parts, careful = whole }: HeaderSet) {
  const cases = parts.map(({ pattern, headers, excluded = false }) => {
    return { expression: pathExpression(pattern, excluded), headers };
  });
  return parts.length === 0 ? [] : [...cases, { expression: unusualTarget, headers: careful }];
}

/** In nginx a header with an empty value is left out, so one map for each header says it for every address. */
function nginx(set: HeaderSet): string {
  const single = (value: string) => `'${value.replaceAll("'", '%27').replaceAll('$', '%24')}'`;
  const { whole } = set;
  // The first expression that matches counts there.
  const cases = casesOf(set).toReversed();
  if (cases.length === 0)
    return whole.map(([name, value]) => `add_header ${name} ${single(value)} always;\n`).join('');
  const lines = cases.map(({ expression }, index) => `    "~${expression}" ${index + 1};`);
  const which = `map $request_uri $clearway_part {\n    default 0;\n${lines.join('\n')}\n}\n`;
  const names = namesOf(set);
  const maps = names.map((name, index) => {
    const values = [whole, ...cases.map(({ headers }) => headers)].map((one) => headerIn(one, name));
    const [usual = ''] = values;
    const others = values.flatMap((value, part) => (value === usual ? [] : `    ${part} ${single(value)};`));
    return `map $clearway_part $clearway_${index} {\n${[`    default ${single(usual)};`, ...others].join('\n')}\n}\n`;
  });
  const adds = names.map((name, index) => `add_header ${name} $clearway_${index} always;\n`);
  return `# In the http block:\n${which}${maps.join('')}# In the server block:\n${adds.join('')}`;
}

/** Each block stands alone: nothing is deleted, as a deletion comes too late for an error page there. */
function caddy(set: HeaderSet): string {
  const cases = casesOf(set).toReversed();
  const block = (matcher: string, headers: HeaderLines) =>
    `header${matcher} {\n${headers.map(([name, value]) => `\t${name} ${quoted(value)}\n`).join('')}}\n`;
  if (cases.length === 0) return block('', set.whole);
  // The first expression that matches counts there.
  const lines = cases.map(({ expression }, index) => `\t"~${expression}" ${index + 1}`);
  const which = `map {http.request.orig_uri} {clearway_part} {\n${lines.join('\n')}\n\tdefault 0\n}\n`;
  const blocks = [set.whole, ...cases.map(({ headers }) => headers)].map(
    (headers, index) =>
      `@clearway_${index} vars {clearway_part} ${index}\n${block(` @clearway_${index}`, headers)}`,
  );
  return which + blocks.join('');
}

function apache(set: HeaderSet): string {
  const line = ([name, value]: readonly [string, string]) => `Header always set ${name} ${quoted(value)}`;
  const names = namesOf(set);
  const rest = casesOf(set).map(({ expression, headers }) => {
    const gone = names.filter((name) => headerIn(headers, name) === '');
    const lines = [...gone.map((name) => `Header always unset ${name}`), ...headers.map(line)];
    return `<If "%{THE_REQUEST} =~ m#${inRequestLine(expression)}#">\n${lines.map((one) => `    ${one}\n`).join('')}</If>\n`;
  });
  return `${set.whole.map((one) => `${line(one)}\n`).join('')}${rest.join('')}`;
}

/** THE_REQUEST is the whole line, `GET /a HTTP/1.1`; it stays the same on an error page. */
function inRequestLine(expression: string): string {
  if (!expression.startsWith('^/')) return expression;
  const path = expression.slice(1);
  return `^[^ ]+ ${path.endsWith('$') ? `${path.slice(0, -1)}(?: |$)` : path}`;
}

function namesOf({ whole, parts, careful = [] }: HeaderSet): string[] {
  return [...new Set([...whole, ...parts.flatMap((one) => one.headers), ...careful].map(([name]) => name))];
}

function headerIn(headers: HeaderLines, name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? '';
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
