import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import type { Signature } from '../model.ts';
import { fail } from '../problems.ts';
import { lockSignatory } from '../store.ts';
import { currentConsent } from './consent-texts.ts';
import { currentDeclaration, declarationHash } from './declaration.ts';
import { insertAgreement, selectAgreements } from './store-declarations.ts';

/**
 * Somebody who signed an older version agrees to the public one too. The older signature stays as it is; the agreement
 * is counted with the newer version. Throws `signature-link-unknown`, `signature-not-confirmed`, `declaration-outdated`.
 */
export async function agreeToVersion(
  k: Kernel,
  { signatoryId, version }: { signatoryId: string; version: number },
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (!row) throw fail('signature-link-unknown');
    if (row.state !== 'confirmed') throw fail('signature-not-confirmed');
    const declaration = await currentDeclaration(t);
    if (declaration.version !== version) throw fail('declaration-outdated');
    if (row.declaration_version === version) return;
    await insertAgreement(t.db, {
      signatoryId,
      version,
      sha256: await declarationHash(declaration),
      consentVersion: currentConsent().version,
      at: t.clock.now(),
    });
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.version-agreed', subject });
  });
}

/** The public version, if it is newer than what a signature stands for. */
export async function versionToAgree(k: Kernel, signature: Signature): Promise<number | undefined> {
  if (signature.state !== 'confirmed') return undefined;
  const { version } = await currentDeclaration(k);
  if (signature.declarationVersion >= version) return undefined;
  const agreed = await selectAgreements(k.db, signature.id);
  return agreed.some((one) => one.version === version) ? undefined : version;
}
