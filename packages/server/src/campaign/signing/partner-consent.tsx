import type { Locale } from '../../kernel/index.ts';
import { Checkbox } from '../../web/index.ts';
import { partnerText } from '../partners/partner-messages.ts';
import type { Partner } from '../partners/store-partners.ts';

/** The box for mail from a partner: its own line, never ticked beforehand. */
export function PartnerConsent(props: { locale: Locale; partner: Partner; checked: boolean }) {
  const { locale, partner, checked } = props;
  const text = partnerText(locale).consent;
  return (
    <fieldset>
      <legend>{text.title(partner.name)}</legend>
      <input type="hidden" name="source" value={partner.source} />
      <input type="hidden" name="partnerConsentVersion" value={String(partner.consent.version)} />
      <Checkbox name="partnerConsent" label={partner.consent.texts[locale]} checked={checked} />
      <p class="hint">{text.hint(partner.name)}</p>
    </fieldset>
  );
}
