/** What a case is about: one item of the list, or several. */
export interface OfItems {
  readonly item?: string;
  readonly items?: readonly string[];
}

/** The items of a case, of either form; a case with both forms, or with neither, is none of ours. */
export function itemsOf({ item, items }: OfItems): readonly string[] {
  if ((item === undefined) === (items === undefined)) throw new Error('A case has an item or items.');
  return items ?? [item!];
}

/** Cases with the same files, question and expectation as an earlier one, as pairs of ids: they would prove nothing twice. */
export function sameCases(cases: readonly (OfItems & { readonly id: string })[]): string[] {
  const first = new Map<string, string>();
  return cases.flatMap((one) => {
    const { id, item, items, kind, note, source, ...said } = one as typeof one & Record<string, unknown>;
    const text = JSON.stringify(said, (_, value: unknown) => sorted(value));
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, id);
    return earlier === undefined ? [] : [`${earlier} = ${id}`];
  });
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
