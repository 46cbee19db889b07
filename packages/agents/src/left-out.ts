/** When the list was last compared with its sources (ISO date). */
export const agentsAsOf = '2026-11-22';

/**
 * Names of the public list that are no product token of anybody in particular, each with the reason. Matching them
 * would call people or honest software an AI agent.
 */
export const leftOut: readonly { readonly token: string; readonly reason: string }[] = [
  { token: 'Code', reason: 'an English word; editors and their parts carry it' },
  { token: 'Cursor', reason: 'an English word, and the name of an editor in which people browse' },
  { token: 'Devin', reason: 'a first name' },
  { token: 'LCC', reason: 'three letters; part of other names, such as SLCC' },
  { token: 'newsai', reason: 'several sites use the name; the header names none of them' },
  { token: 'OpenAI', reason: 'a company; its agents have names of their own, and libraries carry it' },
  { token: 'Operator', reason: 'an English word' },
  { token: 'Spider', reason: 'a word for any crawler' },
  { token: 'Trae', reason: 'the name of an editor in which people browse' },
  { token: 'YaK', reason: 'an English word of three letters' },
];
