import type { MiddlewareHandler } from 'hono';
import { requireRecentProof } from './identity/index.ts';
import type { HttpEnv } from './kernel/index.ts';

/**
 * What moves money, says where it goes, binds a party, or makes keys and the people who have them. A session must have proved
 * who it is within 15 minutes to do one of these. One list for all modules, so that it can be read and tested as what it is: a
 * policy. Whoever adds a route that changes something adds it here, or says why not in `testing/needs-no-proof.ts`.
 */
export const MONEY_AND_KEYS: readonly (readonly [method: string, path: string])[] = [
  // Where money goes.
  ['POST', '/payout-profile'],
  ['PUT', '/api/payout-profile'],
  ['POST', '/operator/bank-account'],
  ['PUT', '/api/bank-account'],
  // That money came.
  ['POST', '/operator/bank'],
  ['POST', '/api/bank-statements'],
  ['POST', '/operator/bank/entries/:id'],
  ['POST', '/api/bank-entries/:id/assignments'],
  ['POST', '/operator/bank/payments'],
  ['POST', '/api/payments'],
  ['POST', '/operator/bank/payments/:id/confirm'],
  ['POST', '/api/payments/:id/confirmation'],
  // What is owed.
  ['POST', '/operator/periods/:id/close'],
  ['POST', '/api/periods/:id/close'],
  ['POST', '/invoices/:id/pay'],
  ['POST', '/api/invoices/:id/pay'],
  ['POST', '/invoices/:id/credits'],
  ['POST', '/api/invoices/:id/credits'],
  ['POST', '/quotes/:id'],
  ['POST', '/api/quotes/:id/acceptance'],
  ['POST', '/clients/standing'],
  ['PUT', '/api/standing-acceptance'],
  // That money leaves; an answered objection frees what it held.
  ['POST', '/operator/statements/objections/:id'],
  ['POST', '/api/objections/:id/answer'],
  ['POST', '/operator/payouts'],
  ['POST', '/api/payout-batches'],
  ['POST', '/operator/payouts/:id/approval'],
  ['POST', '/api/payout-batches/:id/approval'],
  ['POST', '/operator/payouts/:id/match'],
  ['POST', '/api/payouts/:id/match'],
  ['POST', '/operator/payouts/:id/rejection'],
  ['POST', '/api/payouts/:id/rejection'],
  // Keys of programs. Switching one off is a brake, and brakes ask nobody.
  ['POST', '/clients'],
  ['POST', '/api/clients'],
  ['POST', '/clients/:id/secret'],
  ['POST', '/api/clients/:id/secret'],
  ['POST', '/sites/:id/gates'],
  ['POST', '/api/sites/:id/gates'],
  // Who may bind an organisation.
  ['POST', '/organisations/:id/invitations'],
  ['POST', '/api/organisations/:id/invitations'],
  ['POST', '/organisations/:id/members/:user/role'],
  ['PUT', '/api/organisations/:id/members/:userId'],
  // Ways into an account, and who runs the instance. Passkeys ask themselves.
  ['POST', '/account/address'],
  ['POST', '/operator/people'],
  ['POST', '/api/operators'],
  ['POST', '/operator/people/:user/remove'],
  ['DELETE', '/api/operators/:id'],
  ['POST', '/operator/setup'],
];

/** Asks for a recent proof before everything on the list. */
export function proofBeforeMoneyAndKeys(): MiddlewareHandler<HttpEnv> {
  const rules = MONEY_AND_KEYS.map(([method, path]) => ({
    method,
    pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
  }));
  return async (c, next) => {
    const { method, path } = c.req;
    if (rules.some((rule) => rule.method === method && rule.pattern.test(path))) await requireRecentProof(c);
    return next();
  };
}
