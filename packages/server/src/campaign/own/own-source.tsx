import type { Child } from 'hono/jsx';
import { formatDate, type HttpContext } from '../../kernel/index.ts';
import { ActionForm } from '../../web/index.ts';
import type { Signature } from '../model.ts';
import { sourceOf } from '../partners/end-partner-consent.ts';
import { partnerText } from '../partners/partner-messages.ts';

/** On one's own page: through which partner one signed, and the end of mail from it. */
export async function ownSource(c: HttpContext, signature: Signature): Promise<Child> {
  const source = await sourceOf(c.get('k'), signature.id);
  if (!source) return null;
  const locale = c.get('locale');
  const text = partnerText(locale).mine;
  const { partner, consent, leftAt } = source;
  const date = (at: string) => formatDate(locale, new Date(at));
  return (
    <section aria-labelledby="source">
      <h2 id="source">{text.through(partner)}</h2>
      {consent && (
        <>
          <p>{text.agreed(partner, date(consent.at))}</p>
          <blockquote>{consent.texts[signature.locale]}</blockquote>
          {leftAt && <p>{text.partnerLeft(partner)}</p>}
          {consent.endedAt && <p>{text.ended(date(consent.endedAt))}</p>}
          {!leftAt && !consent.endedAt && (
            <ActionForm action={c.req.path} label={text.end(partner)}>
              <input type="hidden" name="action" value="partner-consent-end" />
            </ActionForm>
          )}
        </>
      )}
    </section>
  );
}
