import type { Token } from './tokenize.ts';

const PIECE =
  /(?<space>\s+|--[^\n]*)|(?<comment>\/\*)|(?<string>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<dollar>\$\w*\$)|(?<word>[A-Za-z_][\w$]*)|(?<number>\d[\d.]*)|(?<other>.)/suy;

/** Splits SQL into tokens; comments are dropped, dollar quotes too, so that function bodies are seen as code. */
export function tokenizeSql(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < source.length) {
    PIECE.lastIndex = at;
    const found = PIECE.exec(source);
    if (!found?.groups) break;
    const piece = found.groups.comment ? source.slice(at, endOfComment(source, at)) : found[0];
    const { string, quoted, word, number, other } = found.groups;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1), line });
    else if (quoted !== undefined) tokens.push({ kind: 'ident', text: quoted.slice(1, -1), line });
    else if (word !== undefined) tokens.push({ kind: 'ident', text: word.toLowerCase(), line });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, line });
    else if (other !== undefined) tokens.push({ kind: 'punct', text: other, line });
    line += piece.split('\n').length - 1;
    at += piece.length;
  }
  return tokens;
}

/** PostgreSQL nests block comments. */
function endOfComment(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (source.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return source.length;
}
