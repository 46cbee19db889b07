import type { AccountExporter } from '../identity/index.ts';
import { partyOfUser } from '../parties/index.ts';
import { objectionsTo } from './raise-objection.ts';
import { listStatements } from './read-statements.ts';
import { selectStatement } from './store.ts';

/** A person's statements as they were sealed, and her objections, for the export of the account. */
export const statementsExporter: AccountExporter = {
  name: 'statements',
  async export(k, userId) {
    const party = await partyOfUser(k, userId);
    if (!party) return [];
    const exported: unknown[] = [];
    for (const { id, issuedAt } of await listStatements(k, { partyId: party.id })) {
      const objections = (await objectionsTo(k, id)).map((objection) => ({
        ...objection,
        disputedMicro: objection.disputedMicro.toString(),
      }));
      exported.push({ id, issuedAt, sealed: (await selectStatement(k.db, id))?.sealed, objections });
    }
    return exported;
  },
};
