import {
  type Kernel,
  requireInstance,
  type TextBodies,
  type TextVersion,
  textsInForce,
  textVersions,
} from '../../kernel/index.ts';
import { LEGAL_KEYS, type LegalKey } from './legal-keys.ts';
import { shippedText } from './shipped-texts.ts';

/** A text as it applies now: a published version, or the one the software came with. */
export type LegalText = {
  readonly key: LegalKey;
  readonly bodies: TextBodies;
  /** Undefined while the operator has published none: then it is the shipped text. */
  readonly version: TextVersion | undefined;
};

/** What applies now under a key. Throws `instance-not-set-up`. */
export async function legalText(k: Kernel, key: LegalKey): Promise<LegalText> {
  const instance = await requireInstance(k);
  const version = (await textsInForce(k, [key])).get(key);
  return { key, version, bodies: version?.bodies ?? shippedText(key, instance) };
}

/** All four with every version, for lists and documents. Throws `instance-not-set-up`. */
export async function legalTexts(k: Kernel) {
  await requireInstance(k);
  const current = await textsInForce(k, LEGAL_KEYS);
  const all: { key: LegalKey; current: TextVersion | undefined; versions: TextVersion[] }[] = [];
  for (const key of LEGAL_KEYS)
    all.push({ key, current: current.get(key), versions: await textVersions(k, key) });
  return all;
}
