/**
 * Sentences and what they are in another language. A hole as in `The file has {count} bytes.` is taken over as it stands; one as in
 * `At character {at}: {~what}.` holds words of ours, which the table has as well, or nothing; one as in `{#count} lines` holds a number.
 */
export type Sentences = Readonly<Record<string, string>>;

interface Sentence {
  readonly pieces: readonly string[];
  readonly holes: readonly string[];
  readonly other: string;
}

/**
 * What finds a text in a table and says it in the other language; undefined for a text that the table does not have.
 *
 * @example
 * const tell = sentenceTeller({ '{#count} bytes': '{#count} Bytes' })
 * tell('12 bytes') // => '12 Bytes'
 * tell('twelve bytes') // => undefined
 */
export function sentenceTeller(table: Sentences): (text: string) => string | undefined {
  const sentences = Object.entries(table).map(([one, other]): Sentence => {
    const parts = one.split(/\{([~#]?\w+)\}/);
    return {
      pieces: parts.filter((_, at) => at % 2 === 0),
      holes: parts.filter((_, at) => at % 2 === 1),
      other,
    };
  });
  // `The file has {count} bytes, over {max}.` is also a `The file has {count}.`: the one with more words of its own is meant.
  sentences.sort((a, b) => b.pieces.join('').length - a.pieces.join('').length);
  function tell(text: string): string | undefined {
    for (const { pieces, holes, other } of sentences) {
      const values = valuesIn(text, pieces);
      if (!values) continue;
      const told = holes.map((name, at) => {
        const value = values[at]!;
        if (name.startsWith('#') && !/^[0-9]+$/.test(value)) return undefined;
        return name.startsWith('~') && value !== '' ? tell(value) : value;
      });
      if (told.includes(undefined)) continue;
      const byName = new Map(holes.map((name, at) => [name, told[at]!]));
      return other.replaceAll(/\{([~#]?\w+)\}/g, (hole, name: string) => byName.get(name) ?? hole);
    }
    return undefined;
  }
  return tell;
}

/** What stands between the pieces of a sentence, where the text is one. */
function valuesIn(text: string, pieces: readonly string[]): string[] | undefined {
  const last = pieces.length - 1;
  const [first = ''] = pieces;
  if (last === 0) return text === first ? [] : undefined;
  if (!text.startsWith(first)) return undefined;
  const end = text.length - pieces[last]!.length;
  const values: string[] = [];
  let from = first.length;
  for (const piece of pieces.slice(1, last)) {
    const at = text.indexOf(piece, from);
    if (at === -1) return undefined;
    values.push(text.slice(from, at));
    from = at + piece.length;
  }
  if (end < from || !text.endsWith(pieces[last]!)) return undefined;
  return [...values, text.slice(from, end)];
}
