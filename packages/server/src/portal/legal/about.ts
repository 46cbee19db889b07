import type { RETENTION } from '../../campaign/index.ts';

/** What a shipped text says about this instance. */
export type About = {
  readonly instance: string;
  readonly operator: string;
  readonly imprint: string;
  readonly complaints: string;
  /** The operator's own words on data, from set-up. */
  readonly notice: string;
  /** How long the campaign keeps things. */
  readonly kept: typeof RETENTION;
};
