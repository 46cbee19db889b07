import { requireOperator } from '../../identity/index.ts';
import {
  type BounceResult,
  bounceSecret,
  createRouter,
  formatNumber,
  formFields,
  type HttpContext,
  type Router,
  receiveBounce,
} from '../../kernel/index.ts';
import { Facts, Field, Notice, renderPage } from '../../web/index.ts';
import { campaignBase } from '../faces/faces.ts';
import { mailingText } from './mailing-messages.ts';
import { countUnreachable } from './show-mailing.ts';

const PATH = '/operator/campaign/returns';
const TONES = { recorded: 'good', delayed: 'info', unknown: 'warn', 'no-report': 'warn' } as const;

/** `/operator/campaign/returns`: how mail that came back is handed over, and by hand. */
export function returnPages(): Router {
  const router = createRouter();
  router.get(PATH, (c) => page(c));
  router.post(PATH, async (c) => {
    await requireOperator(c);
    const { message } = await formFields(c);
    return page(c, await receiveBounce(c.get('k'), String(message ?? '').trimStart()));
  });
  return router;
}

async function page(c: HttpContext, result?: BounceResult) {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { returns: text, back } = mailingText(locale);
  const address = `${await campaignBase(k)}/api/mail-bounces`;
  const secret = await bounceSecret(k);
  return renderPage(
    c,
    { title: text.title },
    <>
      <p>
        <a href="/operator/campaign/mailings">{back}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <p>{text.unreachable(formatNumber(locale, await countUnreachable(k)))}</p>
      {result && (
        <Notice tone={TONES[result]}>
          <p>{text.results[result]}</p>
        </Notice>
      )}
      <h2>{text.by}</h2>
      <p>{text.byText}</p>
      <Facts
        rows={[
          [text.address, <code>{address}</code>],
          [text.secret, <code>{secret}</code>],
          [
            text.example,
            <code>{`|curl --data-binary @- -H "Content-Type: message/rfc822" -H "Authorization: Bearer …" ${address}`}</code>,
          ],
        ]}
      />
      <h2>{text.upload}</h2>
      <form method="post" action={PATH}>
        <Field name="message" label={text.message} hint={text.messageHint} rows={10} required />
        <button type="submit">{text.button}</button>
      </form>
    </>,
  );
}
