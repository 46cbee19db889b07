import { isPage, type Project, type SourceFile, type Violation } from './project.ts';
import type { Token } from './tokenize.ts';

interface Rule {
  readonly name: string;
  readonly message: string;
  appliesTo(file: SourceFile): boolean;
  /** Whether the identifier at this index breaks the rule. */
  breaks(tokens: readonly Token[], index: number): boolean;
}

const STORE = /\/store(?:-[^/]+)?\.ts$/;
const QUERY_BUILDER = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto']);

const RULES: readonly Rule[] = [
  {
    name: 'deterministic',
    message: 'clock, ids and chance are parameters: see kernel/clock.ts and kernel/ids.ts',
    appliesTo: (file) =>
      file.package !== 'cli' && !/^packages\/server\/src\/kernel\/(?:clock|ids)\.ts$/.test(file.path),
    breaks: readsClockOrChance,
  },
  {
    name: 'settings',
    message: 'settings are read in config.ts and passed on',
    appliesTo: (file) =>
      file.package !== 'cli' &&
      !/^packages\/server\/src\/(?:config|main|kernel\/database(?:\/.*)?)(?:\.ts)?$/.test(file.path),
    breaks: (tokens, at) => isMember(tokens, at, 'process', 'env'),
  },
  {
    name: 'no-console',
    message: 'write to the log that is passed in',
    appliesTo: (file) => file.package === 'server' && file.inner !== 'main.ts',
    breaks: (tokens, at) => isGlobal(tokens, at, 'console') && tokens[at + 1]?.text === '.',
  },
  {
    name: 'no-sql-in-pages',
    message: 'pages and routes call use cases; SQL lives in store.ts',
    appliesTo: (file) =>
      file.package === 'server' && (isPage(file.inner) || /(?:^|\/)routes\.tsx?$/.test(file.inner)),
    breaks: (tokens, at) =>
      isGlobal(tokens, at, 'sql') ||
      (QUERY_BUILDER.has(tokens[at]?.text ?? '') && tokens[at - 1]?.text === '.'),
  },
  {
    name: 'guarded-fetch',
    message: 'use the guarded fetch that is passed in',
    appliesTo: (file) => file.package === 'server',
    breaks: usesGlobalFetch,
  },
];

/** Nothing reads the clock, chance, the environment, the network or the database behind the caller's back. */
export function checkPurity(project: Project): Violation[] {
  const files = project.files.filter(
    (file) => file.package !== '' && !file.isTest && /\.tsx?$/.test(file.path),
  );
  return files.flatMap((file) => [...checkTokens(file), ...checkSqlImports(file)]);
}

function checkTokens(file: SourceFile): Violation[] {
  const violations: Violation[] = [];
  for (const rule of RULES.filter((candidate) => candidate.appliesTo(file))) {
    for (const [index, token] of file.tokens.entries()) {
      if (token.kind !== 'ident' || !rule.breaks(file.tokens, index)) continue;
      violations.push({ path: file.path, line: token.line, rule: rule.name, message: rule.message });
    }
  }
  return violations;
}

function checkSqlImports(file: SourceFile): Violation[] {
  const rule = RULES.find(({ name }) => name === 'no-sql-in-pages');
  if (!rule?.appliesTo(file)) return [];
  return file.imports
    .filter(
      ({ specifier, typeOnly }) =>
        specifier === 'kysely' || specifier === 'pg' || (STORE.test(specifier) && !typeOnly),
    )
    .map(({ line }) => ({ path: file.path, line, rule: rule.name, message: rule.message }));
}

/** A name that is not a property of something (but `globalThis.name` is the name itself). */
function isGlobal(tokens: readonly Token[], at: number, name: string): boolean {
  if (tokens[at]?.text !== name) return false;
  return tokens[at - 1]?.text !== '.' || tokens[at - 2]?.text === 'globalThis';
}

function isMember(tokens: readonly Token[], at: number, object: string, property: string): boolean {
  if (!isGlobal(tokens, at, object)) return false;
  const [dot, name] = [tokens[at + 1]?.text, tokens[at + 2]];
  return (dot === '.' || dot === '[') && name?.text === property;
}

function readsClockOrChance(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text;
  if (isGlobal(tokens, at, 'Date') && tokens[at - 1]?.text === 'new') {
    return next !== '(' || tokens[at + 2]?.text === ')';
  }
  return (
    isMember(tokens, at, 'Date', 'now') ||
    isMember(tokens, at, 'Math', 'random') ||
    tokens[at]?.text === 'randomUUID' ||
    (isGlobal(tokens, at, 'Date') && next === '(')
  );
}

function usesGlobalFetch(tokens: readonly Token[], at: number): boolean {
  if (!isGlobal(tokens, at, 'fetch')) return false;
  if (tokens[at - 1]?.text === '.') return true;
  if (tokens[at + 1]?.text === '(') return !isMethodDeclaration(tokens, at);
  const before = tokens[at - 1]?.text ?? '';
  const assigned = before === '=' || (before === '?' && tokens[at - 2]?.text === '?');
  return assigned && tokens[at + 1]?.text !== ':';
}

/** `{ fetch(url: URL): Promise<Response> }` names a method and calls nothing. */
function isMethodDeclaration(tokens: readonly Token[], at: number): boolean {
  if (!['{', '}', ';', ',', 'async'].includes(tokens[at - 1]?.text ?? '')) return false;
  let depth = 0;
  for (let end = at + 1; end < tokens.length; end += 1) {
    if (tokens[end]?.kind !== 'punct') continue;
    if (tokens[end]?.text === '(') depth += 1;
    if (tokens[end]?.text === ')') depth -= 1;
    if (depth === 0) return [':', '{'].includes(tokens[end + 1]?.text ?? '');
  }
  return false;
}
