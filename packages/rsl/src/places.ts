const members = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Whether a list of places holds one: by its own code, or as a member of the Union where the list says `EU`. */
export function coversPlace(tokens: readonly string[], place: string): boolean {
  return tokens.includes(place) || (tokens.includes('EU') && members.has(place));
}
