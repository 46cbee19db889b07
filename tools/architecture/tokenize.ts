// A small TypeScript and JSX tokenizer: enough to tell code from comments, strings, templates, patterns and page text.

export type TokenKind = 'ident' | 'number' | 'punct' | 'string' | 'template' | 'regex' | 'text';

export interface Token {
  readonly kind: TokenKind;
  /** For strings, templates and page text: what is between the delimiters. */
  readonly text: string;
  readonly line: number;
}

const WORD = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)n?/y;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
/** After these words an expression begins, so `/` opens a pattern and `<` an element. */
const BEFORE_EXPRESSION = new Set(
  'return typeof case in of instanceof new delete void throw do else yield await default'.split(' '),
);

/** Splits TypeScript (or TSX) into tokens; comments are dropped. */
export function tokenize(source: string, options: { jsx?: boolean } = {}): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let postfixBang = false;

  function push(kind: TokenKind, text: string, end: number): void {
    tokens.push({ kind, text, line });
    for (let i = at; i < end; i += 1) if (source[i] === '\n') line += 1;
    at = end;
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  }

  function expressionMayBegin(): boolean {
    const last = tokens.at(-1);
    if (!last) return true;
    if (last.kind === 'punct')
      return !(last.text === ')' || last.text === ']' || last.text === '}' || postfixBang);
    return last.kind === 'ident' && BEFORE_EXPRESSION.has(last.text) && tokens.at(-2)?.text !== '.';
  }

  function skip(to: number): void {
    for (; at < to; at += 1) if (source[at] === '\n') line += 1;
  }

  function skipSpaceAndComments(): void {
    for (;;) {
      const space = match(/\s+/y);
      if (space) skip(at + space.length);
      else if (source.startsWith('//', at)) {
        const end = source.indexOf('\n', at);
        skip(end < 0 ? source.length : end);
      } else if (source.startsWith('/*', at)) {
        const end = source.indexOf('*/', at + 2);
        skip(end < 0 ? source.length : end + 2);
      } else return;
    }
  }

  function readString(quote: string): void {
    let end = at + 1;
    while (end < source.length && source[end] !== quote && source[end] !== '\n') {
      end += source[end] === '\\' ? 2 : 1;
    }
    push('string', source.slice(at + 1, end), Math.min(end + 1, source.length));
  }

  /** Reads from the opening back-tick; the text between expressions becomes one token a piece. */
  function readTemplate(): void {
    skip(at + 1);
    for (;;) {
      let end = at;
      while (end < source.length && source[end] !== '`' && !source.startsWith('${', end)) {
        end += source[end] === '\\' ? 2 : 1;
      }
      const closed = source[end] !== '$';
      push('template', source.slice(at, end), Math.min(end + (closed ? 1 : 2), source.length));
      if (closed) return;
      readCode('}');
      skip(at + 1);
    }
  }

  /** An element: `<` followed by a name or `>`, but not the type parameters of an arrow function. */
  function elementBegins(): boolean {
    if (!options.jsx || source[at] !== '<' || !expressionMayBegin()) return false;
    const rest = source.slice(at + 1, at + 200);
    return /^(?:>|[A-Za-z_$])/.test(rest) && !/^[\w$]+\s*(?:,|extends\s)/.test(rest);
  }

  function readElement(): void {
    push('punct', '<', at + 1);
    let selfClosing = false;
    for (;;) {
      skipSpaceAndComments();
      const char = source[at];
      if (char === undefined) return;
      if (char === '>') break;
      if (char === '{') readBraced();
      else if (char === '"' || char === "'") {
        // Attribute strings know no escapes and may run over lines.
        const end = source.indexOf(char, at + 1);
        push('string', source.slice(at + 1, end), end < 0 ? source.length : end + 1);
      } else if (char === '/') {
        selfClosing = true;
        push('punct', '/', at + 1);
      } else {
        const name = match(/[\w$.:-]+/y);
        push(name ? 'ident' : 'punct', name ?? char, at + (name?.length ?? 1));
      }
    }
    push('punct', '>', at + 1);
    if (!selfClosing) readChildren();
    // What follows an element is an operator, as after `)`.
    tokens.push({ kind: 'punct', text: ')', line });
  }

  function readChildren(): void {
    while (at < source.length) {
      const text = match(/[^<{]+/y);
      if (text) push('text', text, at + text.length);
      if (source[at] === '{') readBraced();
      else if (source.startsWith('</', at)) {
        const end = source.indexOf('>', at);
        skip(end < 0 ? source.length : end + 1);
        return;
      } else if (source[at] === '<') readElement();
    }
  }

  function readBraced(): void {
    push('punct', '{', at + 1);
    readCode('}');
    if (at < source.length) push('punct', '}', at + 1);
  }

  /** Reads code up to (not including) the given closing bracket, or the end. */
  function readCode(close?: string): void {
    let depth = 0;
    for (;;) {
      skipSpaceAndComments();
      const char = source[at];
      if (char === undefined) return;
      if (char === close && depth === 0) return;
      const word = match(WORD);
      if (word) {
        push('ident', word, at + word.length);
        continue;
      }
      if (char === '"' || char === "'") readString(char);
      else if (char === '`') readTemplate();
      else if (/\d/.test(char) || (char === '.' && /\d/.test(source[at + 1] ?? ''))) {
        push('number', match(NUMBER) ?? char, at + (match(NUMBER)?.length ?? 1));
      } else if (elementBegins()) readElement();
      else {
        const regex = char === '/' && expressionMayBegin() ? match(REGEX) : undefined;
        if (regex) push('regex', regex, at + regex.length);
        else {
          if (char === '{') depth += 1;
          if (char === '}') depth -= 1;
          const bang = char === '!' && !expressionMayBegin() && source[at + 1] !== '=';
          push('punct', char, at + 1);
          postfixBang = bang;
        }
      }
    }
  }

  readCode();
  return tokens;
}
