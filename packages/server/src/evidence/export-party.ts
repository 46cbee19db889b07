import type { AccountExporter } from '../identity/index.ts';
import { partyOfUser } from '../parties/index.ts';
import { listCases } from './read-case.ts';
import { listChecks } from './read-check.ts';

/** What evidence keeps about a user, for the export of the account; the files themselves are downloaded from their pages. */
export const evidenceExporter: AccountExporter = {
  name: 'evidence',
  async export(k, userId) {
    const party = await partyOfUser(k, userId);
    if (!party) return undefined;
    const checks = await listChecks(k, party.id);
    return {
      datasetChecks: checks.map(({ items, words, bytes, ...check }) => ({
        ...check,
        items: items.toString(),
        words: words.toString(),
        bytes: bytes.toString(),
      })),
      cases: await listCases(k, party.id),
    };
  },
};
