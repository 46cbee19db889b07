import type { Token } from './tokenize.ts';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** `import type` and `export type`: gone at run time. */
  readonly typeOnly: boolean;
  /** `import('...')`: loaded when it is reached. */
  readonly dynamic: boolean;
}

/** All imports and re-exports of a file. */
export function findImports(tokens: readonly Token[]): Import[] {
  const found: Import[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'ident' || tokens[index - 1]?.text === '.') continue;
    if (token.text === 'import') addImport(tokens, index, found);
    else if (token.text === 'export') addExport(tokens, index, found);
  }
  return found;
}

function addImport(tokens: readonly Token[], index: number, found: Import[]): void {
  const line = tokens[index]?.line ?? 0;
  const next = tokens[index + 1];
  if (next?.kind === 'string') {
    found.push({ specifier: next.text, line, typeOnly: false, dynamic: false });
    return;
  }
  if (next?.text === '(') {
    const argument = tokens[index + 2];
    if (argument?.kind === 'string' || argument?.kind === 'template') {
      found.push({ specifier: argument.text, line, typeOnly: false, dynamic: true });
    }
    return;
  }
  const after = tokens[index + 2]?.text;
  const typeOnly = next?.text === 'type' && after !== 'from' && after !== ',';
  const specifier = specifierAfterFrom(tokens, index + 1);
  if (specifier !== undefined) found.push({ specifier, line, typeOnly, dynamic: false });
}

function addExport(tokens: readonly Token[], index: number, found: Import[]): void {
  const typeOnly = tokens[index + 1]?.text === 'type';
  const first = tokens[index + (typeOnly ? 2 : 1)];
  if (first?.kind !== 'punct' || (first.text !== '{' && first.text !== '*')) return;
  const specifier = specifierAfterFrom(tokens, index + 1);
  if (specifier !== undefined) {
    found.push({ specifier, line: tokens[index]?.line ?? 0, typeOnly, dynamic: false });
  }
}

/** The clause of an import holds names, braces, commas and `*` only; anything else ends the search. */
function specifierAfterFrom(tokens: readonly Token[], start: number): string | undefined {
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'string') return tokens[at - 1]?.text === 'from' ? token.text : undefined;
    if (token?.kind !== 'ident' && !'{},*'.includes(token?.text ?? ' ')) return undefined;
    if (token?.text === '}' && tokens[at + 1]?.text !== 'from') return undefined;
  }
  return undefined;
}
