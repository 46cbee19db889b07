/** What a machine-readable TDMRep policy offers. */
export interface TdmPolicy {
  readonly uid: string | undefined;
  /** Who may be asked. */
  readonly assigner: { readonly name?: string; readonly email?: string; readonly url?: string };
  readonly permissions: readonly {
    readonly target: string | undefined;
    readonly duties: readonly string[];
    /** `tdm:research` or `tdm:non-research`; empty for every purpose. */
    readonly purposes: readonly string[];
  }[];
}

/**
 * Reads a TDMRep policy document (an ODRL offer). Lenient, because the examples of the specification are not valid
 * either; undefined when it is no offer. It never turns a reservation into a permission: it says what may be asked for.
 *
 * @example
 * ```ts
 * import { readTdmPolicy } from '@clearway/signals';
 *
 * const text = '{"@type":"Offer","permission":[{"action":"tdm:mine","duty":[{"action":"compensate"}]}]}';
 * readTdmPolicy(text).permissions[0].duties // => ['compensate']
 * ```
 */
export function readTdmPolicy(text: string): TdmPolicy | undefined {
  const value = object(jsonOf(text));
  if (!value || ![value['@type']].flat().some((one) => one === 'Offer' || one === 'odrl:Offer'))
    return undefined;
  const assigner = object(value.assigner) ?? {};
  const found = list(value.permission).flatMap((entry) => {
    const one = object(entry);
    if (one?.action !== 'tdm:mine') return [];
    const duties = list(one.duty).flatMap((duty) => plain(object(duty)?.action ?? duty));
    const purposes = list(one.constraint).flatMap((constraint) => plain(object(constraint)?.rightOperand));
    return [{ target: typeof one.target === 'string' ? one.target : undefined, duties, purposes }];
  });
  const name = textOf(assigner['vcard:fn'] ?? assigner.fn);
  const email = textOf(assigner['vcard:hasEmail'] ?? assigner.hasEmail);
  const url = textOf(assigner['vcard:hasURL'] ?? assigner.hasURL);
  return {
    uid: textOf(value.uid),
    assigner: { ...(name && { name }), ...(email && { email }), ...(url && { url }) },
    permissions: found,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value].flat();
}

function plain(value: unknown): string[] {
  const text = typeof value === 'string' ? value : textOf(object(value)?.['@id']);
  return text === undefined ? [] : [text.startsWith('odrl:') ? text.slice(5) : text];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
