/** Header lines, each a name and a value. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** The header lines of a site, and of the parts of it where others hold. */
export interface HeaderSet {
  readonly whole: HeaderLines;
  readonly parts: readonly {
    /** RFC 9309 path pattern. */
    readonly pattern: string;
    readonly headers: HeaderLines;
    /** It is refused: rather an address too many than one too few. */
    readonly excluded?: boolean;
  }[];
  /** For an address in an unusual spelling, which may be that of any part: the strictest of all. Left out: the whole's. */
  readonly careful?: HeaderLines;
  /** Where a server cannot tell the parts apart: what all of them say. Left out: the whole's. */
  readonly common?: HeaderLines;
}
