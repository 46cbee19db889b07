import type { UsageToken } from '@clearway/rsl';

/** One label of the AIPREF vocabulary and the drafts that had it. */
export interface AiprefLabel {
  readonly label: string;
  readonly usage: UsageToken;
  /** Numbers of `draft-ietf-aipref-vocab`. */
  readonly drafts: readonly number[];
  /** Whether the newest draft still has it. */
  readonly current: boolean;
}

const newest = 8;

/** Every label that is in the wild. A new draft is a new number in a row here, and nothing else. */
const rows: readonly (readonly [label: string, usage: UsageToken, drafts: readonly number[]])[] = [
  ['train-ai', 'ai-train', [2, 3, 4, 5, 6, 7, 8]],
  ['search', 'search', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['train-genai', 'ai-train', [2, 3]],
  ['genai', 'ai-train', [0, 1]],
  ['ai', 'ai-all', [0, 1]],
  ['tdm', 'ai-all', [0, 1]],
  ['bots', 'ai-all', [3, 4]],
  ['all', 'ai-all', [2]],
  ['inference', 'ai-input', [0, 1]],
  ['ai-use', 'ai-input', [2]],
  ['ai-output', 'ai-input', [4]],
];

/**
 * The labels of every AIPREF draft by name. Of one that is not current only a refusal counts.
 *
 * @example
 * ```ts
 * import { aiprefLabels } from '@clearway/signals';
 *
 * aiprefLabels.get('genai').current // => false
 * ```
 */
export const aiprefLabels: ReadonlyMap<string, AiprefLabel> = new Map(
  rows.map(([label, usage, drafts]) => [label, { label, usage, drafts, current: drafts.includes(newest) }]),
);

/** What is written: the labels of the newest draft. */
export const currentLabels = { 'train-ai': 'ai-train', search: 'search' } as const;
