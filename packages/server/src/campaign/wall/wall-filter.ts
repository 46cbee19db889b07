import type { Craft } from '../../parties/index.ts';
import { type Kind, METHODS } from '../model.ts';

/**
 * How an entry can be told by its checks: nothing but the confirmed e-mail, one of the methods beyond it, signed through
 * somebody with written authority, or imported with proof.
 */
export const CHECK_FILTERS = ['email', ...METHODS, 'authority', 'import'] as const;
export type CheckFilter = (typeof CHECK_FILTERS)[number];

/** What narrows the wall down; of texts each word is a part, in any order. */
export type WallFilter = {
  readonly craft?: Craft | undefined;
  readonly country?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly check?: CheckFilter | undefined;
  /** The version of the declaration that was signed. */
  readonly version?: number | undefined;
  /** Part of the name, folded. */
  readonly q?: string | undefined;
  readonly affiliation?: string | undefined;
};
