import { inTx, type Kernel } from '../kernel/index.ts';
import { organisationName } from './organisation.ts';
import { recordActivity } from './record-activity.ts';
import { insertMembership, insertOrganisation, updateOrganisation } from './store-organisations.ts';

/** Makes an organisation with the user as its first admin; answers its id. Parties give it a legal person. */
export async function foundOrganisation(
  t: Kernel,
  { name, userId }: { name: string; userId: string },
): Promise<string> {
  const clean = organisationName.parse(name);
  return inTx(t, async (t) => {
    const id = t.ids.id();
    const now = t.clock.now();
    await insertOrganisation(t.db, { id, name: clean, created_at: now });
    await insertMembership(t.db, { organisation_id: id, user_id: userId, role: 'admin', joined_at: now });
    await recordActivity(t, {
      actor: userId,
      action: 'identity.organisation-founded',
      subject: `organisation:${id}`,
    });
    return id;
  });
}

/** Changes the organisation's name. Whoever calls has checked that an admin wants it. */
export async function renameOrganisation(t: Kernel, id: string, name: string): Promise<void> {
  await updateOrganisation(t.db, id, organisationName.parse(name));
}
