/** What a dictionary says for a key: a token, or anything else a structured field can hold. */
export type DictionaryValue = { readonly token: string } | 'other';

/** Thrown inside this file only. */
class Malformed extends Error {}

/**
 * Reads a Structured Field Dictionary (RFC 9651 §4.2.2) as far as preferences need it: which keys there are and which
 * of them are tokens. Everything is checked, parameters are dropped, of a repeated key the last counts.
 * Undefined when any part is malformed: then the whole field says nothing.
 */
export function parseDictionary(text: string): Map<string, DictionaryValue> | undefined {
  const reader = createReader(text);
  try {
    return reader.dictionary();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const tokenStart = `${lower}${lower.toUpperCase()}*`;
const tokenRest = `${tokenStart}${digits}:/!#$%&'+-.^_\`|~`;
const base64 = `${lower}${lower.toUpperCase()}${digits}+/`;

function createReader(text: string): { dictionary: () => Map<string, DictionaryValue> } {
  let at = 0;

  function skip(characters: string): void {
    while (at < text.length && characters.includes(text[at]!)) at += 1;
  }
  function take(characters: string): string {
    const from = at;
    skip(characters);
    return text.slice(from, at);
  }
  function eat(char: string): boolean {
    if (text[at] !== char) return false;
    at += 1;
    return true;
  }
  function key(): string {
    if (at >= text.length || !`${lower}*`.includes(text[at]!)) throw new Malformed();
    return take(`${lower}${digits}_-.*`);
  }
  function number(): { readonly isInteger: boolean } {
    eat('-');
    const whole = take(digits);
    const fraction = eat('.') ? take(digits) : undefined;
    const tooLong = fraction === undefined ? whole.length > 15 : whole.length > 12 || fraction.length > 3;
    if (whole === '' || fraction === '' || tooLong) throw new Malformed();
    return { isInteger: fraction === undefined };
  }
  function quoted(percent: boolean): void {
    if (!eat('"')) throw new Malformed();
    const octets: number[] = [];
    for (;;) {
      const char = text[at];
      at += 1;
      if (char === undefined || char < ' ' || char > '~') throw new Malformed();
      if (char === '"') break;
      if (percent && char === '%') {
        const hex = text.slice(at, at + 2);
        if (!/^[0-9a-f]{2}$/.test(hex)) throw new Malformed();
        octets.push(Number.parseInt(hex, 16));
        at += 2;
      } else {
        if (percent) octets.push(char.charCodeAt(0));
        else if (char === '\\' && !eat('"') && !eat('\\')) throw new Malformed();
      }
    }
    if (!percent) return;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(octets));
    } catch {
      throw new Malformed();
    }
  }
  function bareItem(): DictionaryValue {
    const char = text[at] ?? '';
    if (char === '') throw new Malformed();
    if (char === '-' || digits.includes(char)) {
      number();
    } else if (char === '"') {
      quoted(false);
    } else if (tokenStart.includes(char)) {
      return { token: take(tokenRest) };
    } else if (eat('?')) {
      if (!eat('0') && !eat('1')) throw new Malformed();
    } else if (eat(':')) {
      take(base64);
      skip('=');
      if (!eat(':')) throw new Malformed();
    } else if (eat('@')) {
      if (!number().isInteger) throw new Malformed();
    } else if (eat('%')) {
      quoted(true);
    } else throw new Malformed();
    return 'other';
  }
  function parameters(): void {
    while (eat(';')) {
      skip(' ');
      key();
      if (eat('=')) bareItem();
    }
  }
  function innerList(): void {
    for (;;) {
      skip(' ');
      if (eat(')')) return;
      bareItem();
      parameters();
      if (text[at] !== ' ' && text[at] !== ')') throw new Malformed();
    }
  }
  function dictionary(): Map<string, DictionaryValue> {
    const out = new Map<string, DictionaryValue>();
    skip(' ');
    while (at < text.length) {
      const name = key();
      let value: DictionaryValue = 'other';
      if (eat('=')) {
        if (eat('(')) innerList();
        else value = bareItem();
      }
      parameters();
      out.set(name, value);
      skip(' \t');
      if (at >= text.length) return out;
      if (!eat(',')) throw new Malformed();
      skip(' \t');
      if (at >= text.length) throw new Malformed();
    }
    return out;
  }
  return { dictionary };
}
