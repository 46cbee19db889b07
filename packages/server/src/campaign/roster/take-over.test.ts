import { expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { listMails } from '../../kernel/index.ts';
import {
  confirmSignature,
  currentConsent,
  decideRoster,
  listSignatories,
  readConfirmation,
  signatureByToken,
  submitRoster,
  takeOver,
  takeRoster,
} from '../index.ts';
import { createCampaign, signed, tokenIn } from '../testing/campaign-world.ts';
import { organisation, records } from '../testing/roster-world.ts';
import { currentStatement } from './model.ts';

it('replaces what a stranger has typed with the address of who takes over', async () => {
  const k = await createCampaign();
  createApp(k);
  const { userId, partyId } = await organisation(k, 'Writers’ Union', 'desk@union.example');
  const { id } = await takeRoster(
    k,
    {
      ...{ origin: 'roster', role: 'union', userId, locale: 'en' },
      through: { name: 'Writers’ Union', partyId },
      defaults: { basis: 'authority', authority: 'contract', on: '2026-01-31', reference: 'file 12' },
      file: { name: 'members.csv', sha256: '1'.repeat(64) },
    },
    records([['Ella Typed', 'poet', 'DE', '', 'ella@example.org']]),
  );
  const statementVersion = currentStatement('roster').version;
  await submitRoster(k, { id, partyId, userId, statement: true, statementVersion, onlyGood: false });
  await decideRoster(k, { id, by: k.ids.id(), outcome: 'publish', answer: 'Good.' });
  const { id: signatoryId } = await signatureByToken(k, await tokenIn(k, 's', 'ella@example.org'));

  const token = await signed(k, { email: 'ella+x@example.org', name: 'Not Ella' });
  const typed = await readConfirmation(k, token);
  const yes = { age: 'sixteen', consent: true, mailConsent: false } as const;
  await takeOver(k, { ...yes, signatoryId, consentVersion: currentConsent().version });

  const { signatories } = await listSignatories(k, { limit: 5 });
  expect(signatories).toMatchObject([{ name: 'Ella Typed', basis: 'mailbox', through: null }]);
  // The link in the stranger's mail says that all is done; nothing else of it is left.
  await expect(confirmSignature(k, token)).rejects.toThrow('confirmation-used');
  expect(typed.id).not.toBe(signatoryId);
  expect((await listMails(k)).map(({ recipient }) => recipient)).not.toContain('ella+x@example.org');
  await k.close();
});
