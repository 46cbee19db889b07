/** The texts every operator owes the public, in the order of the footer. Each has its page at `/<key>`. */
export const LEGAL_KEYS = ['imprint', 'privacy', 'participation', 'accessibility'] as const;
export type LegalKey = (typeof LEGAL_KEYS)[number];

export function isLegalKey(text: string | undefined): text is LegalKey {
  return LEGAL_KEYS.some((key) => key === text);
}
