// The whole dependency rule as data. ARCHITECTURE.md says it in words; the checks beside this file prove it.

/** What each package may import of the others. `cli` may import all of them. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  agents: [],
  rsl: [],
  protocol: [],
  match: [],
  net: [],
  signals: ['rsl', 'agents'],
  gate: ['rsl', 'protocol', 'agents'],
  crawler: ['rsl', 'protocol', 'signals', 'agents'],
  server: ['agents', 'rsl', 'protocol', 'match', 'signals', 'net'],
  cli: ['agents', 'rsl', 'protocol', 'match', 'net', 'signals', 'gate', 'crawler', 'server'],
};

/** Packages that run in Node, at the edge and in a browser: nothing of Node outside `node.ts` and `node/`. */
export const ISOMORPHIC: readonly string[] = [
  'agents',
  'rsl',
  'signals',
  'protocol',
  'gate',
  'crawler',
  'match',
];

/** Server modules from left to right; modules in one row do not import each other. */
const ROWS: readonly (readonly string[])[] = [
  ['kernel'],
  ['transparency'],
  ['identity'],
  ['parties'],
  ['sites'],
  ['works', 'ledger'],
  ['bank', 'offers'],
  ['licensing'],
  ['usage'],
  ['billing'],
  ['distribution'],
  ['statements'],
  ['payouts'],
];

function leftOf(module: string): string[] {
  const row = ROWS.findIndex((names) => names.includes(module));
  return ROWS.slice(0, row).flat();
}

/** What each server module may import of the others (`web` besides, from its pages). */
export const MODULES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(ROWS.flat().map((name) => [name, leftOf(name)])),
  evidence: leftOf('billing'),
  campaign: [...leftOf('sites'), 'sites'],
  web: ['kernel'],
  portal: [...ROWS.flat(), 'evidence', 'campaign', 'web'],
};

/** Modules whose every file may draw pages, so may import `web`. */
export const DRAWS_ANYWHERE: readonly string[] = ['portal'];

/** Words that belong to the trade and not to the kernel, singular; plurals are derived. */
export const DOMAIN_WORDS: readonly string[] = [
  'work',
  'manifestation',
  'offer',
  'license',
  'licence',
  'licensee',
  'licensor',
  'agreement',
  'entitlement',
  'claim',
  'mandate',
  'rightsholder',
  'party',
  'signatory',
  'campaign',
  'statement',
  'payout',
  'invoice',
  'tariff',
  'royalty',
];

/** Of those, everyday English: they count in names, not in sentences such as "this does not work". */
export const EVERYDAY_WORDS: readonly string[] = ['work', 'offer', 'claim', 'statement', 'party'];

/** Names that contain such a word and mean something technical. Whole words are compared, so `network` needs no entry. */
export const TECHNICAL_NAMES: readonly string[] = [
  'statement_timeout',
  'prepared statement',
  'work_mem',
  'maintenance_work_mem',
  'multi statement',
];

export const MAX_LINES = 500;
