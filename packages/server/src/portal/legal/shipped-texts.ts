import { RETENTION } from '../../campaign/index.ts';
import type { Instance, TextBodies } from '../../kernel/index.ts';
import type { About } from './about.ts';
import type { LegalKey } from './legal-keys.ts';
import { SHIPPED_DE } from './shipped-texts-de.ts';
import { SHIPPED_EN } from './shipped-texts-en.ts';

/**
 * The text the software comes with, filled in with what set-up knows. It says what the software does; what only the operator
 * can know stands in square brackets.
 */
export function shippedText(key: LegalKey, { name, operator }: Instance): TextBodies {
  const about: About = {
    instance: name,
    operator: operator.name,
    imprint: operator.imprint,
    complaints: operator.complaintsContact,
    notice: operator.privacyNotice,
    kept: RETENTION,
  };
  return { en: SHIPPED_EN[key](about), de: SHIPPED_DE[key](about) };
}
