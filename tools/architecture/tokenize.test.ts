import { describe, expect, test } from 'vitest';
import { findImports } from './imports.ts';
import { tokenize } from './tokenize.ts';
import { tokenizeSql } from './tokenize-sql.ts';

function seen(source: string, jsx = false): string[] {
  return tokenize(source, { jsx }).map((token) => `${token.kind} ${token.text}`);
}

describe('tokenize', () => {
  test('drops comments and keeps lines', () => {
    expect(tokenize("/* a\n b */ c // 'd'\n'e'")).toEqual([
      { kind: 'ident', text: 'c', line: 2 },
      { kind: 'string', text: 'e', line: 3 },
    ]);
  });

  test('tells a pattern from a division', () => {
    expect(seen("a / b; x = /'[/]\\/`/g; c! / 'd'")).toEqual([
      'ident a',
      'punct /',
      'ident b',
      'punct ;',
      'ident x',
      'punct =',
      "regex /'[/]\\/`/g",
      'punct ;',
      'ident c',
      'punct !',
      'punct /',
      'string d',
    ]);
  });

  test('reads templates inside templates', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is the thing tested
    expect(seen('`a${ { b: `c${d}` } }e`;f')).toEqual([
      'template a',
      'punct {',
      'ident b',
      'punct :',
      'template c',
      'ident d',
      'template ',
      'punct }',
      'template e',
      'punct ;',
      'ident f',
    ]);
  });

  test('reads page text, attributes and nested expressions', () => {
    expect(seen("return <A b='it\"s' c={d}>don't {e ? <br /> : '//'}</A>;f", true)).toEqual([
      'ident return',
      'punct <',
      'ident A',
      'ident b',
      'punct =',
      'string it"s',
      'ident c',
      'punct =',
      'punct {',
      'ident d',
      'punct }',
      'punct >',
      "text don't ",
      'punct {',
      'ident e',
      'punct ?',
      'punct <',
      'ident br',
      'punct /',
      'punct >',
      'punct )',
      'punct :',
      'string //',
      'punct }',
      'punct )',
      'punct ;',
      'ident f',
    ]);
  });

  test('takes comparisons and type parameters for what they are', () => {
    expect(seen('const f = <T,>(a: Map<T, string>) => a < b', true).at(-1)).toBe('ident b');
    expect(seen("useState<string>('x')", true).at(-2)).toBe('string x');
  });
});

test('tokenizeSql knows nested comments, quotes and function bodies', () => {
  const tokens = tokenizeSql("-- a\n/* b /* c */ d */ 'it''s' \"E\" $body$ F $body$");
  expect(tokens.map(({ text, line }) => `${text}:${line}`)).toEqual(["it''s:2", 'E:2', 'f:2']);
});

test('findImports reads every form and no other', () => {
  const source = [
    "import a, { b as from } from 'a';",
    "import type { C } from 'c';",
    "import type from 'd';",
    "import * as e from 'e';",
    "import 'f';",
    "export * as g from 'g';",
    "export type { H } from 'h';",
    "export { i };\nconst j = 'from';\nexport const k = x.import('k'), l = import.meta;",
    "void import('m');",
    "export type N = 'n';",
  ].join('\n');
  expect(findImports(tokenize(source))).toEqual([
    { specifier: 'a', line: 1, typeOnly: false, dynamic: false },
    { specifier: 'c', line: 2, typeOnly: true, dynamic: false },
    { specifier: 'd', line: 3, typeOnly: false, dynamic: false },
    { specifier: 'e', line: 4, typeOnly: false, dynamic: false },
    { specifier: 'f', line: 5, typeOnly: false, dynamic: false },
    { specifier: 'g', line: 6, typeOnly: false, dynamic: false },
    { specifier: 'h', line: 7, typeOnly: true, dynamic: false },
    { specifier: 'm', line: 11, typeOnly: false, dynamic: true },
  ]);
});
