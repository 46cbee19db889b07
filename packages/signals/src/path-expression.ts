/**
 * A normal path pattern as a regular expression for somebody else's server, to be held against the request target as it was
 * sent: `*` is any run, `$` at the end is the end. No quote and no backslash is in it, so that no server has to be told what they are.
 * A run ends between signs; a `generous` one also inside an encoded sign, whose digits then count as letters.
 */
export function pathExpression(pattern: string, generous: boolean): string {
  const ends = pattern.endsWith('$');
  const parts = (ends ? pattern.slice(0, -1) : pattern).split('*').map((part) =>
    part.replaceAll(/%[0-9A-F]{2}|[.+?$()[]/g, (found) => {
      if (found === '%2A') return '(?:[*]|%2[Aa])';
      if (found === '%24') return '(?:[$]|%24)';
      if (!found.startsWith('%')) return `[${found}]`;
      return found.replaceAll(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`);
    }),
  );
  return `^${parts.join(generous ? '[^ ]*' : '(?:[^ %]|%[^ ][^ ])*')}${ends ? '$' : ''}`;
}

/**
 * A request target with more than one spelling: letters that need no percent-encoding and have it, signs that need it and
 * have none, and what servers take out of a path (`//`, `/./`, `/../`, an encoded slash). Such a spelling reaches a page past
 * every expression for its address.
 */
export const unusualTarget =
  "[^] !%$&'()*+,./0-9:;=?@A-Z[_a-z~-]" +
  '|%(?:2[DEde]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])' +
  '|%(?:[^0-9A-Fa-f]|$|.[^0-9A-Fa-f]|.$)' +
  '|^[^?]*(?://|/[.][.]?(?:[/? ]|$)|%2[Ff]|%5[Cc])';
