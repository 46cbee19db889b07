import {
  type ContentInput,
  isUsageToken,
  type NonEmpty,
  type PaymentInput,
  type PaymentType,
  paymentTypes,
  type UsageToken,
  writeDocument,
} from '@clearway/rsl';

export interface NewFlags {
  readonly url: string;
  readonly free?: readonly string[];
  readonly paid?: readonly string[];
  readonly payment: string;
  readonly amount?: string;
  readonly currency: string;
  readonly server?: string;
  readonly holder?: string;
  readonly contact?: string;
  readonly terms?: string;
  readonly maxAge?: string;
  /** Patterns of what belongs to others. */
  readonly notOurs?: readonly string[];
}

/**
 * The text of a licence file. Free and paid uses are two contents: a server obliges whoever wants anything of its
 * content, so free search must not stand beside it (RSL 1.0 §3.7).
 */
export function newDocument(flags: NewFlags): string {
  const { url, free, paid, server, holder, contact, terms, maxAge } = flags;
  const common = {
    url,
    ...(holder !== undefined && { copyright: { name: holder } }),
    ...(terms !== undefined && { terms }),
  };
  const legal = contact === undefined ? {} : { legal: { contact } };
  const contents: ContentInput[] = [];
  if (free) {
    const permits = { usage: usages(free, '--free') };
    contents.push({ ...common, licenses: [{ permits, payment: { type: 'free' }, ...legal }] });
  }
  if (paid) {
    const permits = { usage: usages(paid, '--paid') };
    const licenses = [{ permits, payment: paymentOf(flags), ...legal }] as const;
    contents.push({ ...common, ...(server !== undefined && { server }), licenses });
  }
  if (contents.length === 0) {
    const refusal = { prohibits: { usage: ['all'] }, payment: { type: 'free' }, ...legal } as const;
    contents.push({ ...common, licenses: [refusal] });
  }
  for (const pattern of flags.notOurs ?? []) {
    const refusal = { prohibits: { usage: ['all'] }, payment: { type: 'free' } } as const;
    contents.push({ url: pattern, licenses: [refusal] });
  }
  return writeDocument({
    contents: contents as unknown as NonEmpty<ContentInput>,
    ...(maxAge !== undefined && { maxAgeDays: Number(maxAge) }),
  });
}

function usages(words: readonly string[], flag: string): NonEmpty<UsageToken> {
  const strange = words.find((word) => !isUsageToken(word));
  if (strange !== undefined) throw new Error(`${flag}: "${strange}" is no usage of RSL.`);
  return words as unknown as NonEmpty<UsageToken>;
}

function paymentOf({ payment, amount, currency }: NewFlags): PaymentInput {
  const type = paymentTypes.find(
    (one): one is Exclude<PaymentType, 'free'> => one === payment && one !== 'free',
  );
  if (!type) throw new Error(`--payment: "${payment}" is no payment of RSL; free uses are named by --free.`);
  if (type === 'attribution') {
    if (amount !== undefined) throw new Error('--amount: attribution has no price.');
    return { type };
  }
  return { type, ...(amount !== undefined && { amount: { currency, decimal: amount } }) };
}
