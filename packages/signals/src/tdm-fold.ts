import type { Statement, StatementCarrier } from './statement.ts';
import type { EvidenceRecord } from './verdict.ts';

/** From the earliest to the last. */
const order: readonly StatementCarrier[] = [
  'tdmrep-file',
  'tdmrep-header',
  'tdmrep-meta',
  'tdmrep-epub',
  'tdmrep-xmp',
];

/** A carrier of TDMRep that says where terms are and no reservation: it counts where another one reserves. */
export function policyAlone(
  carrier: StatementCarrier,
  policy: string | undefined,
  place: Pick<Statement, 'raw' | 'offset'>,
): Statement[] {
  const note = 'It only says where terms are.';
  return policy ? [{ carrier, usage: 'ai-all', stance: 'none', policy, note, ...place }] : [];
}

/**
 * TDMRep §3: of its own carriers the later overrides the earlier, reservation and policy each for itself, and a missing value
 * resets nothing. So a reservation in one and terms in another are an offer of these terms; where nothing is reserved the policy
 * is ignored.
 */
export function foldTdm(speaking: readonly EvidenceRecord[]): {
  readonly kept: readonly EvidenceRecord[];
  readonly setAside: readonly EvidenceRecord[];
} {
  const said = speaking.filter((one) => one.stance !== 'none');
  const tdm = speaking.filter((one) => order.includes(one.carrier));
  const last = order.findLast((carrier) =>
    tdm.some((one) => one.carrier === carrier && one.stance !== 'none'),
  );
  const own = tdm.filter((one) => one.carrier === last && one.stance !== 'none');
  const named = order.findLast((carrier) => tdm.some((one) => one.carrier === carrier && one.policy));
  const reserved = own.some((one) => one.stance !== 'allow');
  const folded = reserved && named !== undefined && named !== last;
  const terms = folded ? tdm.filter((one) => one.carrier === named && one.policy) : [];
  const effective = folded ? [...own.map(withoutTerms), ...terms.map(asOffer)] : own;
  const ids = new Set(effective.map((one) => one.id));
  return {
    kept: [...said.filter((one) => !order.includes(one.carrier)), ...effective],
    setAside: tdm.filter((one) => one.stance !== 'none' && !ids.has(one.id)),
  };
}

function withoutTerms({ policy: _, ...one }: EvidenceRecord): EvidenceRecord {
  return one.stance === 'allow' ? one : { ...one, stance: 'conditional' };
}

function asOffer(one: EvidenceRecord): EvidenceRecord {
  return { ...one, stance: 'conditional' };
}
