/** The header lines of a site, and of the parts of it where others hold. */
export interface HeaderSet {
  readonly whole: readonly (readonly [name: string, value: string])[];
  readonly parts: readonly {
    /** RFC 9309 path pattern. */
    readonly pattern: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
  }[];
}

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
    { server: 'Cloudflare', path: 'headers/cloudflare-ruleset.json', content: ruleset(set) },
    { server: 'Cloudflare Pages', path: 'headers/_headers', content: pages(set) },
  ];
}

/** In nginx a header with an empty value is left out, so one map for each header says it for every address. */
function nginx({ whole, parts }: HeaderSet): string {
  const single = (value: string) => `'${value.replaceAll("'", '%27').replaceAll('$', '%24')}'`;
  if (parts.length === 0)
    return whole.map(([name, value]) => `add_header ${name} ${single(value)} always;\n`).join('');
  const names = namesOf({ whole, parts });
  const maps = names.map((name, index) => {
    const lines = [
      `    default ${single(headerIn(whole, name))};`,
      // The first expression that matches counts there.
      ...parts
        .toReversed()
        .map(({ pattern, headers }) => `    "~${expression(pattern)}" ${single(headerIn(headers, name))};`),
    ];
    return `map $request_uri $clearway_${index} {\n${lines.join('\n')}\n}\n`;
  });
  const adds = names.map((name, index) => `add_header ${name} $clearway_${index} always;\n`);
  return `# In the http block:\n${maps.join('')}# In the server block:\n${adds.join('')}`;
}

function caddy({ whole, parts }: HeaderSet): string {
  const lines = whole.map(([name, value]) => `\t${name} ${quoted(value)}`);
  const rest = parts.map(({ pattern, headers }, index) => {
    const matcher = `@clearway_${index} path_regexp ${quoted(expression(pattern))}`;
    const gone = missing(whole, headers).map((name) => `\t-${name}`);
    const own = headers.map(([name, value]) => `\t${name} ${quoted(value)}`);
    return `${matcher}\nheader @clearway_${index} {\n\tdefer\n${[...gone, ...own].join('\n')}\n}\n`;
  });
  return `header {\n\tdefer\n${lines.join('\n')}\n}\n${rest.join('')}`;
}

function apache({ whole, parts }: HeaderSet): string {
  const line = ([name, value]: readonly [string, string]) => `Header always set ${name} ${quoted(value)}`;
  const rest = parts.map(({ pattern, headers }) => {
    const gone = missing(whole, headers).map((name) => `    Header always unset ${name}`);
    const own = headers.map((one) => `    ${line(one)}`);
    return `<LocationMatch ${quoted(expression(pattern))}>\n${[...gone, ...own].join('\n')}\n</LocationMatch>\n`;
  });
  return `${whole.map(line).join('\n')}\n${rest.join('')}`;
}

/** A ruleset of the phase `http_response_headers_transform`; later rules set what earlier ones have set. */
function ruleset({ whole, parts }: HeaderSet): string {
  const rule = (description: string, test: string, headers: readonly (readonly [string, unknown])[]) => ({
    description,
    expression: test,
    action: 'rewrite',
    action_parameters: { headers: Object.fromEntries(headers) },
  });
  const set = (headers: HeaderSet['whole']) =>
    headers.map(([name, value]) => [name, { operation: 'set', value }] as const);
  const rules = [
    rule('AI terms of the site', 'true', set(whole)),
    ...parts.map(({ pattern, headers }) => {
      const gone = missing(whole, headers).map((name) => [name, { operation: 'remove' }] as const);
      const test = `http.request.uri wildcard ${JSON.stringify(wildcard(pattern))}`;
      return rule(`AI terms of ${pattern}`, test, [...set(headers), ...gone]);
    }),
  ];
  return `${JSON.stringify({ phase: 'http_response_headers_transform', rules }, null, 2)}\n`;
}

/** There all blocks that match add up, so a part takes off first what holds for the whole. */
function pages({ whole, parts }: HeaderSet): string {
  const block = (path: string, lines: readonly string[]) =>
    `${path}\n${lines.map((one) => `  ${one}\n`).join('')}`;
  const line = ([name, value]: readonly [string, string]) => `${name}: ${value}`;
  return [
    block('/*', whole.map(line)),
    ...parts.map(({ pattern, headers }) =>
      block(wildcard(pattern), [...whole.map(([name]) => `! ${name}`), ...headers.map(line)]),
    ),
  ].join('\n');
}

function namesOf({ whole, parts }: HeaderSet): string[] {
  return [...new Set([...whole, ...parts.flatMap((one) => one.headers)].map(([name]) => name))];
}

function headerIn(headers: HeaderSet['whole'], name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? '';
}

function missing(whole: HeaderSet['whole'], own: HeaderSet['whole']): string[] {
  return whole.map(([name]) => name).filter((name) => !own.some(([one]) => one === name));
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A path pattern as a regular expression for somebody else's server: `*` is any run, `$` at the end is the end. */
function expression(pattern: string): string {
  const ends = pattern.endsWith('$');
  const parts = (ends ? pattern.slice(0, -1) : pattern)
    .split('*')
    .map((part) =>
      part
        .replaceAll(/[\\"^[\]]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll(/[.+?$(){}|]/g, (char) => `[${char}]`),
    );
  return `^${parts.join('.*')}${ends ? '$' : ''}`;
}

function wildcard(pattern: string): string {
  return pattern.endsWith('$') ? pattern.slice(0, -1) : pattern.endsWith('*') ? pattern : `${pattern}*`;
}
