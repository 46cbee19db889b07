/**
 * What changes something and still asks for no recent proof, with the reason: everything that is not on the list
 * `MONEY_AND_KEYS`. `*` at the end stands for all that follows.
 */
export const NEEDS_NO_PROOF: readonly { readonly because: string; readonly routes: string }[] = [
  {
    because: 'The way in, out and back has a proof of its own, or is the proof.',
    routes: `
      POST /sign-in · POST /sign-out · POST /sign-up · POST /l/:token · POST /api/session-links
      POST /step-up · POST /step-up/code · POST /step-up/demo · POST /api/step-up · POST /api/step-up/options
      POST /api/passkey-sign-in · POST /api/passkey-sign-in/options · POST /welcome
      POST /api/passkeys · POST /api/passkeys/options · PATCH /api/passkeys/:id · DELETE /api/passkeys/:id
      POST /account/passkeys/:id · POST /account/passkeys/:id/remove
      POST /operators/:token · POST /memberships/:token · POST /unsubscribe/:token
      POST /acting · PUT /api/acting · POST /acting-changed · POST /language`,
  },
  {
    because: 'One’s own account, and what stands in public about oneself; deleting is confirmed by mail.',
    routes: `
      POST /account · POST /account/delete · POST /account/profile
      POST /organisations · POST /api/organisations · POST /organisations/:id`,
  },
  {
    because: 'Brakes ask nobody: ending, refusing, taking back.',
    routes: `
      DELETE /api/sessions · DELETE /api/sessions/:id · POST /account/sessions/end-others · POST /account/sessions/:id/end
      POST /organisations/:id/invitations/:invitation/withdraw · DELETE /api/organisations/:id/invitations/:invitationId
      POST /organisations/:id/members/:user/remove · DELETE /api/organisations/:id/members/:userId
      POST /operator/people/invitations/:id/withdraw · DELETE /api/operator-invitations/:id
      POST /sites/:id/gates/:gate/off · DELETE /api/sites/:id/gates/:gateId · POST /sites/:id/release
      POST /works/:id/withdraw · POST /api/works/:id/withdrawal · POST /works/:id/contest · POST /works/:id/take-back
      POST /agreements/:id/end · POST /api/agreements/:id/revocation
      POST /clients/:id/end · DELETE /api/clients/:id · POST /clients/standing/off · DELETE /api/standing-acceptance
      POST /refused-companies · POST /refused-companies/:id/allow
      PUT /api/denied-companies/:id · DELETE /api/denied-companies/:id
      POST /operator/bank/payments/:id/withdraw · DELETE /api/payments/:id
      POST /operator/periods/:id/drop · DELETE /api/periods/:id
      POST /operator/payouts/:id/discard · DELETE /api/payout-batches/:id
      POST /earnings/statements/:id/objections · POST /api/statements/:id/objections
      POST /earnings/statements/:id/objections/:objection/withdraw · POST /api/objections/:id/withdraw`,
  },
  {
    because: 'One’s own sites and works: a control proof, a share or an offer version is what binds.',
    routes: `
      POST /sites · POST /api/sites · POST /sites/:id/checks · POST /api/sites/:id/checks · POST /sites/:id/exclusions
      POST /works/new · POST /works/many · POST /works/many/known · POST /api/works · POST /rights · POST /api/rights
      POST /works/:id/edit · POST /works/:id/shares · POST /works/:id/authority · POST /works/:id/invite/:claim
      POST /api/works/:id/invitations · POST /invitations/:token · POST /api/invitations/:token/acceptance
      POST /works/:id/terms · PUT /api/works/:id/terms-draft · POST /api/works/:id/offers
      POST /works/:id/consent · POST /api/offers/:id/consents`,
  },
  {
    because: 'Looking and asking binds nobody.',
    routes: `
      POST /check · POST /api/signal-reports · POST /verify · POST /catalogue · POST /api/quotes · POST /api/entitlements
      POST /dataset-checks · POST /api/dataset-checks · POST /dataset-checks/:id/quote · POST /cases · POST /api/cases
      POST /publicity`,
  },
  {
    because: 'Programs come with a secret of their own, and hand in what was counted.',
    routes: `
      POST /olp/:site/token · POST /olp/:site/introspect · POST /olp/:site/key · POST /api/segments
      POST /usage/agreements/:id/reports · POST /api/usage/agreements/:id/reports
      POST /agreements/:id/copies · POST /api/agreements/:id/copies`,
  },
  {
    because: 'It prepares, or goes on with, what asks by itself.',
    routes: `
      POST /operator/periods · POST /api/periods · POST /operator/runs/:id/go-on
      POST /operator/statements · POST /api/statements`,
  },
  {
    because: 'The operator’s texts, looks and lists.',
    routes: `
      POST /operator/faces · POST /operator/queue/:id/retry · POST /operator/works
      POST /operator/legal/:key · POST /operator/legal/:key/publish · POST /operator/legal/:key/drop
      POST /operator/funnel · POST /operator/companies · POST /operator/companies/:slug · POST /operator/impact
      POST /operator/reviews/:id/claim · POST /operator/reviews/:id/decision
      POST /companies/pledge · POST /companies/:slug/reply`,
  },
  {
    because: 'The campaign holds no money and no keys; what one signs is confirmed by mail.',
    routes: `
      POST /sign · POST /sign/* · POST /signed/* · POST /api/signatures · POST /api/signatures/* · POST /api/handovers
      POST /c/:token · POST /s/:token · POST /i/:token · POST /me/signature · POST /widget/:source
      POST /rosters/* · POST /api/rosters · POST /api/rosters/* · DELETE /api/rosters/:id
      POST /operator/campaign · POST /operator/campaign/* · POST /partner/* · POST /moderators/:token
      POST /api/mailings · POST /api/mailings/* · PUT /api/mailings/:id · POST /api/mail-bounces
      POST /api/goals · POST /api/goals/* · POST /api/partners/*`,
  },
];
