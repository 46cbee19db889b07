import {
  type EntryHistory,
  failCompany,
  listEntries,
  publicReplies,
  type Reply,
} from '../../campaign/index.ts';
import { countCases } from '../../evidence/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import { type AgentRefusals, refusalsOfAgents } from '../../usage/index.ts';
import { type Company, readCompanies } from './read-companies.ts';

/** Everything the page of a company states. */
export type CompanyFacts = Company & {
  /** What gates refused to clients that call themselves by names of its agents. */
  readonly refusals: readonly AgentRefusals[];
  /** Cases that holders opened about such clients. */
  readonly cases: number;
  readonly commitments: readonly EntryHistory[];
  readonly requests: readonly EntryHistory[];
  /** The company's own words, newest version first. */
  readonly replies: readonly Reply[];
};

/** The company of a page. Throws `company-page-unknown`. */
export async function requirePage(k: Kernel, slug: string): Promise<Company> {
  const { companies } = await readCompanies(k);
  const company = companies.find((one) => one.slug === slug);
  if (!company) throw failCompany('company-page-unknown');
  return company;
}

/** The facts about a company. Throws `company-page-unknown`. */
export async function readCompany(k: Kernel, slug: string): Promise<CompanyFacts> {
  const company = await requirePage(k, slug);
  // A name that only robots.txt speaks to never asks for anything.
  const names = company.agents.filter(({ kind }) => kind !== 'control').map(({ token }) => token);
  const [refusals, cases, commitments, requests, replies] = await Promise.all([
    refusalsOfAgents(k, names),
    countCases(k, names),
    listEntries(k, { kind: 'commitment', slug }),
    listEntries(k, { kind: 'request', slug }),
    publicReplies(k, slug),
  ]);
  return { ...company, refusals, cases, commitments, requests, replies };
}

/** Requests that stand, and how many of them were answered. */
export function countRequests(requests: readonly EntryHistory[]): { sent: number; answered: number } {
  const standing = requests.filter(({ retracted }) => !retracted);
  return { sent: standing.length, answered: standing.filter(({ answeredOn }) => answeredOn !== null).length };
}
