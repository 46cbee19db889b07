/**
 * The canonical JSON of a value (RFC 8785) made of objects, lists, well-formed texts, whole numbers, true, false and null;
 * members that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, one]) => one !== undefined);
    const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${sorted.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join()}}`;
  }
  return JSON.stringify(typeof value === 'string' ? value.toWellFormed() : value);
}
