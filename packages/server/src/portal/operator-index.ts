import type { portalText } from './messages.ts';

type Words = ReturnType<typeof portalText>['operator'];

/**
 * The operator's pages in groups, as far as this face `has` them; `hint` is what stands below a link; `legal` counts texts that
 * are still the shipped ones.
 */
export function operatorIndex(
  text: Words,
  counts: { waiting: number; dead: number; legal: number },
  has: (path: string) => boolean,
) {
  const { waiting, dead, legal } = counts;
  const groups = [
    {
      title: text.groups.today,
      links: [
        ['/operator/reviews', text.reviews, text.reviewsHint],
        ['/operator/campaign/floods', text.floods, text.floodsHint],
        ['/operator/campaign', text.campaign, text.campaignHint],
        ['/operator/companies', text.companies, text.companiesHint],
        ['/operator/campaign/mailings', text.mailings, text.mailingsHint],
        ['/operator/campaign/goals', text.goals, text.goalsHint],
        ['/operator/works', text.works, text.worksHint],
        ['/operator/queue', text.queue, text.queueHint(waiting, dead)],
        ['/operator/outbox', text.outbox, text.outboxHint],
      ],
    },
    {
      title: text.groups.moneyIn,
      links: [
        ['/operator/periods', text.periods, text.periodsHint],
        ['/operator/invoices', text.invoices, text.invoicesHint],
        ['/operator/bank', text.bank, text.bankHint],
      ],
    },
    {
      title: text.groups.moneyOut,
      links: [
        ['/operator/runs', text.runs, text.runsHint],
        ['/operator/suspense', text.suspense, text.suspenseHint],
        ['/operator/statements', text.statements, text.statementsHint],
        ['/operator/payouts', text.payouts, text.payoutsHint],
      ],
    },
    {
      title: text.groups.house,
      links: [
        ['/operator/people', text.people, text.peopleHint],
        ['/operator/activity', text.activity, text.activityHint],
        ['/operator/setup', text.setup, text.setupHint],
        ['/operator/legal', text.legal, legal === 0 ? text.legalDone : text.legalHint(legal)],
        ['/operator/faces', text.faces, text.facesHint],
        ['/operator/impact', text.impact, text.impactHint],
        ['/operator/funnel', text.funnel, text.funnelHint],
        ['/log', text.log, text.logHint],
        ['/numbers', text.numbers, text.numbersHint],
      ],
    },
  ] as const;
  return groups
    .map(({ title, links }) => ({ title, links: links.filter(([href]) => has(href)) }))
    .filter(({ links }) => links.length > 0);
}
