/** Input of {@link tdmPolicyJson}; every address is absolute. */
export interface TdmPolicyInput {
  /** Where the policy is found: its own address. */
  readonly uid: string;
  /** Whom to ask: who they are, and the page where a licence is got. */
  readonly assigner: {
    readonly uid: string;
    readonly name?: string;
    readonly email?: string;
    readonly url: string;
  };
  /** The terms of what may be mined. */
  readonly target: string;
  /** Some use has a price. */
  readonly priced: boolean;
}

/**
 * The text of a TDMRep policy, for programs (an ODRL offer, TDMRep §7): whom to ask, that consent is needed, and that it may
 * cost. Serve it as `application/json`: of a page the media type would say that it is for people.
 *
 * @example
 * ```ts
 * import { readTdmPolicy, tdmPolicyJson } from '@clearway/signals';
 *
 * const assigner = { uid: 'https://a.example/', url: 'https://a.example/licences' };
 * const text = tdmPolicyJson({ uid: 'https://a.example/tdm.json', assigner, target: 'https://a.example/terms', priced: true });
 * readTdmPolicy(text).permissions[0].duties // => ['obtainConsent', 'compensate']
 * ```
 */
export function tdmPolicyJson({ uid, assigner, target, priced }: TdmPolicyInput): string {
  const { name, email, url } = assigner;
  const duty = [{ action: 'obtainConsent' }, ...(priced ? [{ action: 'compensate' }] : [])];
  const policy = {
    '@context': ['http://www.w3.org/ns/odrl.jsonld', 'http://www.w3.org/ns/tdmrep.jsonld'],
    '@type': 'Offer',
    profile: 'http://www.w3.org/ns/tdmrep',
    uid,
    assigner: {
      uid: assigner.uid,
      ...(name !== undefined && { 'vcard:fn': name }),
      ...(email !== undefined && { 'vcard:hasEmail': `mailto:${email}` }),
      'vcard:hasURL': url,
    },
    permission: [{ target, action: 'tdm:mine', duty }],
  };
  return `${JSON.stringify(policy, null, 2)}\n`;
}
