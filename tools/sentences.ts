import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

type Node = { readonly type: string; readonly [member: string]: unknown };

/** What is written for people in a source file: every text with two words, with `{}` where a value is put in. */
export function sentencesIn(path: string): string[] {
  return sentencesBelow(treeOf(path));
}

/** The same of what is said as the `detail` of a problem: `fail…(code, { detail: … })`. */
export function detailsIn(path: string): string[] {
  const found: string[] = [];
  function visit(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null && 'type' in value) {
      const node = value as Node;
      const callee = node.type === 'CallExpression' ? (node.callee as Node) : undefined;
      if (typeof callee?.name === 'string' && callee.name.startsWith('fail'))
        for (const one of (node.arguments as Node[]).flatMap((about) => (about.properties ?? []) as Node[]))
          if ((one.key as Node | undefined)?.name === 'detail') found.push(...sentencesBelow(one.value));
      for (const member of Object.keys(node)) visit(node[member]);
    }
  }
  visit(treeOf(path));
  return [...new Set(found)];
}

function treeOf(path: string): unknown {
  return parseAst(readFileSync(path, 'utf8'), { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path);
}

function sentencesBelow(tree: unknown): string[] {
  const found: string[] = [];
  function visit(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null && 'type' in value) visitNode(value as Node);
  }
  function visitNode(node: Node): void {
    if (node.type === 'ImportDeclaration' || node.type.startsWith('TS')) {
      // An `as` or a `satisfies` holds what it is said of; a type says nothing to anybody.
      if ('expression' in node) visit(node.expression);
      return;
    }
    const text = textOf(node);
    if (text !== undefined && / [A-Za-z]{2}|[A-Za-z]{2}[^A-Za-z]* /.test(text)) found.push(text);
    for (const member of Object.keys(node)) visit(node[member]);
  }
  visit(tree);
  return [...new Set(found)];
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral') return undefined;
  const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.map((one) => one.value.cooked).join('{}');
}

/** A sentence of a table as it stands in the source. */
export function asInSource(sentence: string): string {
  return sentence.replaceAll(/\{[~#]?\w+\}/g, '{}');
}

/** The names of the holes of a sentence, in order of the alphabet. */
export function holesIn(sentence: string): string[] {
  return [...sentence.matchAll(/\{([~#]?\w+)\}/g)].map(([, name]) => name!).sort();
}

/** A module and everything of its package that it imports for more than a type. */
export function reachedFrom(door: string): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const imports = /^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm;
    for (const [, target] of readFileSync(path, 'utf8').matchAll(imports))
      visit(join(dirname(path), target!));
  };
  visit(door);
  return [...found];
}
