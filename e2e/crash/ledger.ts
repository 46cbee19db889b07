export type SignatureState = 'pending' | 'confirmed' | 'withdrawn' | 'erased';

/** What the instance acknowledged: a 2xx answer that was received in full. */
export type Ledger = {
  /** By e-mail address. `wanted` is a change under way, which may have happened. */
  readonly signatures: Map<string, { state: SignatureState; wanted?: SignatureState }>;
  /** Addresses of those who have an account. */
  readonly accounts: Set<string>;
  readonly works: Map<string, { title: string; kind: 'file' | 'url' | 'fingerprint'; sha256: string | null }>;
  /** `work address` of each accepted share. */
  readonly claims: Set<string>;
  /** By site, the checks that proved it. */
  readonly proofs: Map<string, string>;
  readonly drafts: Map<string, number>;
  readonly offers: Map<string, { workId: string; version: number; sha256: string }>;
  /** `offer address use` of each consent. */
  readonly consents: Set<string>;
  /** Changes under way: each may or may not have happened, but only once. */
  readonly underWay: Map<string, Effect>;
  acknowledged: number;
  repeated: number;
  replayed: number;
};

/** What a request adds when it succeeds. */
export type Effect = 'account' | 'work' | 'claim' | 'proof' | 'draft' | 'offer' | 'consent' | 'other';

export function createLedger(): Ledger {
  return {
    signatures: new Map(),
    accounts: new Set(),
    works: new Map(),
    claims: new Set(),
    proofs: new Map(),
    drafts: new Map(),
    offers: new Map(),
    consents: new Set(),
    underWay: new Map(),
    acknowledged: 0,
    repeated: 0,
    replayed: 0,
  };
}

/** How many changes of a kind are under way. */
export function countUnderWay(ledger: Ledger, effect: Effect): number {
  return [...ledger.underWay.values()].filter((one) => one === effect).length;
}
