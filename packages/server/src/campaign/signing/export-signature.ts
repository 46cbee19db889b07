import type { Kernel } from '../../kernel/index.ts';
import { consentText } from '../declaration/consent-texts.ts';
import { declarationText } from '../declaration/declaration.ts';
import { selectAgreements } from '../declaration/store-declarations.ts';
import { selectChecks } from '../desk/store-desk.ts';
import type { Signature } from '../model.ts';
import { selectSource } from '../partners/store-partners.ts';
import { selectOfMailbox, selectSignatory, toSignature } from '../store.ts';

/** Everything the campaign keeps about a signature and earlier ones of the same address, with the texts consented to word for word. */
export async function exportSignature(k: Kernel, signatoryId: string) {
  const row = await selectSignatory(k.db, signatoryId);
  const all = row ? await selectOfMailbox(k.db, row.mailbox_key) : [];
  return {
    exportedAt: k.clock.now().toISOString(),
    instance: k.site.baseUrl,
    signatures: await Promise.all(
      all.filter(sameAddress(row?.email ?? '')).map((one) => describe(k, toSignature(one))),
    ),
  };
}

/** Another tag may be another person with some providers, who is not told about this one. */
function sameAddress(email: string) {
  return (one: { email: string }) => one.email.toLowerCase() === email.toLowerCase();
}

async function describe(k: Kernel, signature: Signature) {
  const consent = consentText(signature.consentVersion, signature.locale);
  const { userId, declarationVersion, declarationSha256, consentVersion, consentedAt, ...rest } = signature;
  const { mailConsentVersion, mailConsentedAt, ...facts } = rest;
  return {
    ...facts,
    account: userId,
    declaration: {
      version: declarationVersion,
      sha256: declarationSha256,
      text: await declarationText(k, declarationVersion, signature.locale),
    },
    agreedTo: await selectAgreements(k.db, signature.id),
    checks: (await selectChecks(k.db, [signature.id])).get(signature.id) ?? [],
    through: (await selectSource(k.db, signature.id)) ?? null,
    consent: { version: consentVersion, text: consent?.sign, at: consentedAt },
    mailConsent:
      mailConsentVersion === null
        ? null
        : {
            version: mailConsentVersion,
            text: consentText(mailConsentVersion, signature.locale)?.mail,
            at: mailConsentedAt,
          },
  };
}
