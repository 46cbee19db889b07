import { z } from 'zod';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  type Locale,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { Checkbox, renderPage } from '../../web/index.ts';
import { campaignVoice } from '../faces/faces.ts';
import type { Kind } from '../model.ts';
import { fail } from '../problems.ts';
import { openManageToken } from '../signatory/manage-token.ts';
import { handOn, type Receiver } from './hand-on.ts';
import { handoverConsent, handoverConsentVersion } from './handover-consent.ts';
import { handoverText } from './handover-messages.ts';
import { listBodies } from './licensing-bodies.ts';
import { fail as failHandover } from './problems.ts';

type Offered = Receiver & { readonly id: string; readonly about: string };

/** The licensing face of this instance, where it has a host of its own. */
const OWN = 'own';

/** To whom a signatory can go on from here: this instance's licences under their own host, and the bodies listed. */
export async function receiversFrom(c: HttpContext): Promise<Offered[]> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const face = await c.get('face')();
  const bodies: Offered[] = (await listBodies(k)).map((one) => ({ ...one, about: one.about[locale] }));
  if (!face.voice) return bodies;
  const { name } = await requireInstance(k);
  return [{ id: OWN, name, baseUrl: k.site.baseUrl, about: '' }, ...bodies];
}

type Who = { readonly accountToken: string } | { readonly manageToken: string };

/** One form for each body, each with its own consent. */
export function GoOn(props: {
  locale: Locale;
  campaign: string;
  to: readonly Offered[];
  who: Who;
  kind: Kind;
}) {
  const { locale, campaign, to, who, kind } = props;
  const version = handoverConsentVersion(kind);
  const text = handoverText(locale).goOn;
  if (to.length === 0) return null;
  return (
    <section class="question" aria-labelledby="go-on">
      <h2 id="go-on">{text.title}</h2>
      <p>{text.text}</p>
      {to.map(({ id, name, about }) => (
        <form method="post" action="/sign/hand-on">
          <h3>{name}</h3>
          {about && <p>{about}</p>}
          {Object.entries(who).map(([key, value]) => (
            <input type="hidden" name={key} value={value} />
          ))}
          <input type="hidden" name="receiver" value={id} />
          <input type="hidden" name="consentVersion" value={String(version)} />
          <Checkbox
            name="consent"
            label={handoverConsent(locale, { campaign, body: name }, version)}
            required
          />
          <button type="submit">{text.button(name)}</button>
        </form>
      ))}
      <p class="hint">{text.optional}</p>
    </section>
  );
}

/** The name of the campaign as consents name it. */
export async function campaignName(c: HttpContext): Promise<string> {
  const k = c.get('k');
  return (await campaignVoice(k, await requireInstance(k))).name;
}

const form = z.object({
  receiver: z.union([z.uuid(), z.literal(OWN)]),
  consent: z.literal('yes'),
  // Pages that did not say it showed the first.
  consentVersion: z.coerce.number().int().default(1),
  accountToken: z.string().max(200).optional(),
  manageToken: z.string().max(200).optional(),
});

/** `POST /sign/hand-on`: the consent is given; the answer is the link that leads on. */
export function goOnPage(): Router {
  const router = createRouter();
  router.post('/sign/hand-on', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    const {
      receiver,
      consentVersion,
      accountToken,
      manageToken = '',
    } = checkFields(form, await formFields(c));
    const to = (await receiversFrom(c)).find(({ id }) => id === receiver);
    if (!to) throw failHandover('licensing-body-unknown');
    const who = accountToken
      ? { accountToken }
      : { signatoryId: (await openManageToken(k, manageToken)) ?? refuse() };
    const { name, baseUrl } = to;
    const url = await handOn(k, { ...who, to: { name, baseUrl }, locale, consentVersion });
    const text = handoverText(locale).ready;
    return renderPage(
      c,
      { title: text.title, headers: { 'Referrer-Policy': 'no-referrer' } },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead(to.name)}</p>
        <p>
          <a class="button" href={url}>
            {text.link(to.name)}
          </a>
        </p>
        <p class="hint">{text.hint}</p>
      </>,
    );
  });
  return router;
}

function refuse(): never {
  throw fail('signature-link-unknown');
}
