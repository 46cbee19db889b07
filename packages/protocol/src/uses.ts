/** The usage tokens of RSL 1.0 section 3.4.1.1, as agreements, tokens and usage records name uses. */
export const usageNames = ['all', 'ai-all', 'ai-train', 'ai-input', 'ai-index', 'search'] as const;

/** One usage token of RSL. */
export type UsageName = (typeof usageNames)[number];
