import { comparePatterns, compilePattern, type PathPattern } from '@clearway/rsl';

/** Stands for "any run of characters"; no normal pattern can hold it. */
const anything = '\u0001';

/** Is there a path that both patterns match? Time grows with the product of their lengths. */
export function overlaps(a: PathPattern, b: PathPattern): boolean {
  if (apart(a, b)) return false;
  const [one, two] = [textOf(a), textOf(b)];
  // row[j]: the first i signs of the one and the first j of the other have a text in common.
  let row: boolean[] = [];
  for (let i = 0; i <= one.length; i += 1) {
    const above = row;
    row = [];
    for (let j = 0; j <= two.length; j += 1) {
      const any = one[i - 1] === anything || two[j - 1] === anything;
      const wild = any && (above[j] === true || row[j - 1] === true);
      const same = i > 0 && j > 0 && one[i - 1] === two[j - 1] && above[j - 1] === true;
      row.push((i === 0 && j === 0) || wild || same);
    }
  }
  return row[two.length] === true;
}

/**
 * The pattern without "anything, then the end": that says nothing, but makes it longer than one for a part of it. A `$` before
 * it stays a letter.
 */
export function openEnd(pattern: string): string {
  const open = pattern.replace(/\*+\$$/, '');
  return open !== pattern && open.endsWith('$') ? `${open.slice(0, -1)}%24` : open;
}

const maxSigns = 20_000;
const maxPatterns = 16;

/**
 * Patterns that together match exactly what two patterns both match: `/a/` and `/*b` meet in `/a/*b`, and in `/ab/` where the
 * ends can lie in each other. Undefined where that would be too many.
 */
export function intersect(a: PathPattern, b: PathPattern): PathPattern[] | undefined {
  if (apart(a, b)) return [];
  const [one, two] = [textOf(a), textOf(b)];
  if (one.length * two.length > maxSigns) return undefined;
  const known = new Map<number, readonly string[] | undefined>();
  function meet(i: number, j: number): readonly string[] | undefined {
    const key = i * (two.length + 1) + j;
    if (!known.has(key)) known.set(key, step(i, j));
    return known.get(key);
  }
  function step(i: number, j: number): readonly string[] | undefined {
    const [left, right] = [one[i], two[j]];
    if (left === undefined && right === undefined) return [''];
    if (left === anything && right === anything) return union([anything, i + 1, j], [anything, i, j + 1]);
    if (left === anything) return union(['', i + 1, j], [right, i, j + 1]);
    if (right === anything) return union(['', i, j + 1], [left, i + 1, j]);
    return left === right ? union([left, i + 1, j + 1]) : [];
  }
  function union(...ways: [sign: string | undefined, i: number, j: number][]): readonly string[] | undefined {
    const found = new Set<string>();
    for (const [sign, i, j] of ways) {
      if (sign === undefined) continue;
      const rest = meet(i, j);
      if (!rest) return undefined;
      for (const one of rest) found.add(sign === anything && one.startsWith(anything) ? one : sign + one);
    }
    return found.size > maxPatterns * 4 ? undefined : [...found];
  }
  const found = meet(0, 0)?.map((text) => compilePattern(openEnd(`${text.replaceAll(anything, '*')}$`)));
  const few = found?.filter(
    (one) => !found.some((other) => comparePatterns(one, other) === 'narrower' && one !== other),
  );
  return few && few.length <= maxPatterns ? few : undefined;
}

/** Most pairs already begin differently. */
function apart(a: PathPattern, b: PathPattern): boolean {
  const [start, other] = [a.pieces[0]!, b.pieces[0]!];
  return !start.startsWith(other) && !other.startsWith(start);
}

function textOf({ pieces, anchored }: PathPattern): string {
  return pieces.join(anything) + (anchored ? '' : anything);
}
