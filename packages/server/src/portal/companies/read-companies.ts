import type { Agent } from '@clearway/agents';
import {
  type AgentOperator,
  agentOperators,
  companyLinks,
  listPledges,
  type Pledge,
  slugOf,
  takenFor,
} from '../../campaign/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import { type NamedLicensee, namedLicensees } from '../../licensing/index.ts';
import { findParties } from '../../parties/index.ts';

/** A company that has a page. */
export type Company = {
  /** The end of its address, `/companies/{slug}`. */
  readonly slug: string;
  readonly name: string;
  /** What of the list of agents it runs. */
  readonly agents: readonly Agent[];
  /** Organisations here that are this company. */
  readonly partyIds: readonly string[];
  /** Its licences, where it agreed to be named. */
  readonly licensed: readonly NamedLicensee[];
  readonly pledges: readonly Pledge[];
};

/** An organisation here that can be taken for a known company: it is shown nowhere until a person has looked. */
export type Unclear = { readonly partyId: string; readonly name: string; readonly takenFor: AgentOperator };

/**
 * Every company with a page: those that run an agent of the list, and organisations here that have signed the pledge or
 * agreed to be named. A pledge and a licence are two things and never become each other.
 */
export async function readCompanies(
  k: Kernel,
): Promise<{ companies: readonly Company[]; unclear: readonly Unclear[] }> {
  const [named, pledges, links] = await Promise.all([namedLicensees(k), listPledges(k), companyLinks(k)]);
  const linked = new Map(links.map(({ partyId, slug }) => [partyId, slug]));
  const spoke = [...named.map(({ licenseeId }) => licenseeId), ...pledges.map(({ partyId }) => partyId)];
  const ids = [...new Set([...linked.keys(), ...spoke])];
  const parties = await findParties(k, ids);
  const pages = new Map<string, { name: string; agents: readonly Agent[]; partyIds: string[] }>(
    agentOperators.map(({ slug, name, agents }) => [slug, { name, agents, partyIds: [] }]),
  );
  const unclear: Unclear[] = [];
  for (const partyId of ids) {
    const party = parties.get(partyId);
    if (!party || party.erased || party.name === '') continue;
    const known = linked.get(partyId);
    const lookalike = known === undefined ? takenFor(party.name) : undefined;
    if (lookalike) {
      unclear.push({ partyId, name: party.name, takenFor: lookalike });
      continue;
    }
    const wanted = known ?? slugOf(party.name);
    const free = known !== undefined || !pages.has(wanted);
    const slug = free ? wanted : `${wanted}-${partyId.slice(-6)}`;
    const page = pages.get(slug) ?? { name: party.name, agents: [], partyIds: [] };
    page.partyIds.push(partyId);
    pages.set(slug, page);
  }
  const companies = [...pages].map(([slug, page]) => ({
    slug,
    ...page,
    licensed: named.filter(({ licenseeId }) => page.partyIds.includes(licenseeId)),
    pledges: pledges.filter(({ partyId }) => page.partyIds.includes(partyId)),
  }));
  return { companies, unclear };
}
