import type { AccountExporter } from '../../identity/index.ts';
import type { Subscriber } from '../../kernel/index.ts';
import { exportRosters } from '../roster/follow-roster.ts';
import { signatureOfUser } from '../signing/find-signature.ts';
import { clearUser } from '../store.ts';
import { exportSignature } from './export-signature.ts';

/** A deleted account does not take the signature with it, which is a thing of its own; it only forgets the account. */
export const campaignSubscribers: readonly Subscriber[] = [
  {
    name: 'campaign.forget-account',
    on: 'identity.account-deleted',
    handle: (t, payload) => clearUser(t.db, String(payload.userId)),
  },
];

/** The campaign's part of what a person takes with her. */
export const campaignExporter: AccountExporter = {
  name: 'signature',
  async export(k, userId) {
    const signature = await signatureOfUser(k, userId);
    const broughtForOthers = await exportRosters(k, userId);
    const own = signature && (await exportSignature(k, signature.id));
    return own || broughtForOthers.length > 0 ? { ...own, broughtForOthers } : undefined;
  },
};
