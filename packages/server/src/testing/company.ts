import type { Kernel } from '../kernel/index.ts';
import { createOrganisation } from '../parties/index.ts';
import { type Person, person } from './register-works.ts';

export type Company = {
  readonly signer: Person;
  readonly licenseeId: string;
  readonly organisationId: string;
};

let companies = 0;
/** An AI company with one person who may sign. */
export async function company(k: Kernel, name = `Models${companies++}`): Promise<Company> {
  const signer = await person(k, `Signer${name.replaceAll(' ', '')}`);
  const { organisationId, partyId } = await createOrganisation(k, {
    name,
    country: 'FR',
    url: '',
    userId: signer.user.id,
  });
  return { signer, licenseeId: partyId, organisationId };
}
