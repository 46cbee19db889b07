import type { Material } from './mutate.ts';

/** One parser: what it is fed with, and what has to hold for whatever it is given. */
export interface Target {
  readonly name: string;
  /** Of a hundred inputs, how many are for it. */
  readonly share: number;
  readonly material: Material;
  /** Throws where the parser throws, or where its answer is not well-formed. */
  readonly run: (text: string) => unknown;
}
