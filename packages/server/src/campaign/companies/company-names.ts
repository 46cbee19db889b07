import { type Agent, agents } from '@clearway/agents';
import { looksLike, shapeOf } from '../checks/fold-name.ts';

/** A company as the list of agents knows it. */
export type AgentOperator = {
  readonly slug: string;
  readonly name: string;
  readonly agents: readonly Agent[];
};

/** Operators the list does not name. */
const NOBODY = new Set(['', 'whoever runs it', 'not stated']);

/** Addresses below `/companies/` that are no company. */
const RESERVED = new Set(['pledge', 'list']);

/** Who runs the agents of the list, by name. */
export const agentOperators: readonly AgentOperator[] = [
  ...Map.groupBy(
    agents.filter(({ operator }) => !NOBODY.has(operator)),
    ({ operator }) => operator,
  ),
]
  .map(([name, own]) => ({ slug: slugOf(name), name, agents: own }))
  .sort((a, b) => (a.slug < b.slug ? -1 : 1));

const bySlug = new Map(agentOperators.map((one) => [one.slug, one]));

/** The operator with this page, if there is one. */
export function agentOperator(slug: string): AgentOperator | undefined {
  return bySlug.get(slug);
}

const shapes = agentOperators.map((one) => ({ one, shape: shapeOf(one.name) }));

/** The operator a name can be taken for: then a person decides whether it is the same company. */
export function takenFor(name: string): AgentOperator | undefined {
  const shape = shapeOf(name);
  return shapes.find((known) => looksLike(shape, known.shape))?.one;
}

/** A name as the end of an address: small letters, digits and hyphens; never empty. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' || RESERVED.has(slug) ? `company${slug && `-${slug}`}` : slug;
}
