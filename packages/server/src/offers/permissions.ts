import type { Permissions, Stance } from '@clearway/signals';
import { type Answer, type Terms, USES } from './terms.ts';

const STANCES: { readonly [A in Answer['answer']]: Stance } = {
  free: 'allow',
  paid: 'conditional',
  // On request is a no until somebody has asked; RSL says the same.
  ask: 'disallow',
  no: 'disallow',
};

/** Terms as the carriers beside RSL understand them. */
export function permissionsOf(terms: Terms): Permissions {
  return Object.fromEntries(USES.map((use) => [use, STANCES[terms[use].answer]]));
}
