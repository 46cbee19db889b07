import { type Kernel, textsInForce, textVersions } from '../../kernel/index.ts';
import type { Signature } from '../model.ts';

const KEY = 'participation';

/** The version of the terms of participation that applies now; 0 while it is the text the software comes with. */
export async function termsInForce(k: Kernel): Promise<number> {
  return (await textsInForce(k, [KEY])).get(KEY)?.version ?? 0;
}

/** The terms that applied to a signature, word for word where the operator published them; null where nobody agreed to any. */
export async function termsOf(k: Kernel, { termsVersion: version, locale }: Signature) {
  if (version === null) return null;
  const text = (await textVersions(k, KEY)).find((one) => one.version === version);
  return { version, text: text?.bodies[locale] ?? null, sha256: text?.sha256[locale] ?? null };
}
