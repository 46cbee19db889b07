import { createApp } from '../app.ts';
import { publishFunnel } from '../campaign/index.ts';
import { ensureOperator } from '../identity/ensure-user.ts';
import { createOperatorLink, sendSignInLink } from '../identity/index.ts';
import { inTx, type Router } from '../kernel/index.ts';
import { createOrganisation } from '../parties/index.ts';
import { registerSite } from '../sites/index.ts';
import { leavesOf, sequence } from '../transparency/index.ts';
import { type Browser, openBrowser } from './browser.ts';
import { drain } from './drain.ts';
import { lastLink } from './last-link.ts';
import { answersPaid, ownWork, publish, setUp } from './offer-terms.ts';
import { person, register, shared, tokensFor } from './register-works.ts';
import { createTestKernel, type TestKernel } from './test-kernel.ts';

/** A set-up instance with a little of everything in it, and three people in front of it. */
export type ContractWorld = {
  readonly k: TestKernel;
  readonly app: Router;
  readonly stranger: Browser;
  readonly member: Browser;
  readonly operator: Browser;
  /** Ids of things that exist and belong to the member, by the path they live under. */
  readonly ids: Readonly<
    Record<'works' | 'sites' | 'offers' | 'organisations' | 'leaf' | 'invitation', string>
  >;
};

export async function openContractWorld(): Promise<ContractWorld> {
  const k = await createTestKernel();
  await setUp(k);
  const app = createApp(k);
  const ada = await person(k, 'Ada');
  const works = await ownWork(k, ada);
  const { offer } = await publish(k, ada, works, answersPaid());
  await register(k, ada, { holders: shared('Invited') });
  const site = await registerSite(k, {
    partyId: ada.party.id,
    url: 'https://ada.example',
    actor: ada.user.id,
  });
  const { organisationId } = await createOrganisation(k, { name: 'Ada & Co', userId: ada.user.id });
  await drain(k);
  await sequence(k);
  const [leaf] = await leavesOf(k, `work:${works}`);
  const [invitation = ''] = await tokensFor(k, 'invited@example.org');

  const member = openBrowser(app);
  await inTx(k, (t) => sendSignInLink(t, { email: 'ada@example.org', locale: 'en' }));
  await drain(k);
  await member.post(await lastLink(k, 'ada@example.org'));
  const operator = openBrowser(app);
  await inTx(k, (t) => ensureOperator(t, 'Operator', 'en'));
  await operator.post(new URL(await createOperatorLink(k)).pathname);
  await publishFunnel(k, ada.user.id);
  return {
    k,
    app,
    stranger: openBrowser(app),
    member,
    operator,
    ids: {
      works,
      sites: site.id,
      offers: offer.id,
      organisations: organisationId,
      leaf: leaf?.id ?? '',
      invitation,
    },
  };
}
