import { recordActivity } from '../../identity/index.ts';
import { csvRow, inTx, type Kernel } from '../../kernel/index.ts';
import { lockActive } from './save-partner.ts';
import { type Contact, selectContacts } from './store-partners.ts';

const COLUMNS = ['email', 'name', 'language', 'country', 'consent_version', 'consent_text', 'consented_at'];

/**
 * Those who signed through a partner, count, and agreed to its own line and did not stop it; nobody else. Each export
 * is one line in the activity log. Throws `partner-unknown`, and `partner-left`: consents end with the partnership.
 */
export async function exportContacts(
  k: Kernel,
  about: { partnerId: string; by: string; format: 'csv' | 'json' },
): Promise<readonly Contact[]> {
  const { partnerId, by, format } = about;
  return inTx(k, async (t) => {
    await lockActive(t, partnerId);
    const contacts = await selectContacts(t.db, partnerId);
    await recordActivity(t, {
      actor: by,
      action: 'campaign.partner-exported',
      subject: `partner:${partnerId}`,
      detail: { format, count: contacts.length },
    });
    return contacts;
  });
}

/** Contacts as CSV (RFC 4180). */
export function contactsCsv(contacts: readonly Contact[]): string {
  const rows = contacts.map((one) => [
    one.email,
    one.name,
    one.locale,
    one.country,
    one.consentVersion,
    one.consentText,
    one.consentedAt.toISOString(),
  ]);
  return [COLUMNS, ...rows].map((row) => csvRow(row)).join('');
}
