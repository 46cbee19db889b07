import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatMoney,
  formatTime,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { mayAct, requireParty } from '../../parties/index.ts';
import { Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { acceptQuote } from '../accept-quote.ts';
import { licensingText } from '../messages.ts';
import { amountFor, type QuoteDetail } from '../model.ts';
import { readQuote } from '../read-quote.ts';
import { asCompany } from './as-company.ts';
import { linePrice, TermsLink, WorkLink } from './parts.tsx';

/** `/quotes/:id`: what it costs, what cannot be had and why, and the way to accept it. */
export function quotePages(): Router {
  const router = createRouter();
  router.get('/quotes/:id', (c) => page(c));
  router.post('/quotes/:id', async (c) => {
    const user = await requireUser(c);
    await requireParty(c);
    try {
      const quoteId = c.req.param('id');
      const { agreement } = await acceptQuote(c.get('k'), { quoteId, userId: user.id });
      return c.redirect(`/agreements/${agreement.id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'quote-unknown') throw error;
      return page(c, error);
    }
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const user = await requireUser(c);
  const quoteId = c.req.param('id') ?? '';
  const { found, party } = await asCompany(c, (licenseeId) => readQuote(k, { quoteId, licenseeId }));
  const { zone } = await requireInstance(k);
  const text = licensingText(locale);
  const words = text.quote;
  const { lines, exclusions, unit, currency } = found;
  const open = found.acceptedAt === null && found.expiresAt > k.clock.now();
  const signer = await mayAct(k, { userId: user.id, partyId: party.id, as: 'signer' });
  return renderPage(
    c,
    { title: words.title, status: problem?.status ?? 200 },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">
        {text.use[found.use]}, {text.unit[unit]}.{' '}
        {open && words.until(formatTime(locale, found.expiresAt, zone))}
      </p>
      {found.acceptedAt !== null && (
        <Notice tone="good">
          {words.accepted}{' '}
          {found.agreementId && <a href={`/agreements/${found.agreementId}`}>{words.toAgreement}</a>}
        </Notice>
      )}
      {found.acceptedAt === null && !open && <Notice tone="warn">{words.over}</Notice>}
      {lines.length === 0 ? (
        <Notice tone="warn">{words.nothing}</Notice>
      ) : (
        <Table
          caption={words.lines}
          head={[words.linesHead.work, words.linesHead.terms, words.linesHead.price]}
          rows={lines.map((line) => [
            <WorkLink {...line} />,
            <TermsLink line={line} locale={locale} />,
            linePrice(locale, line, unit, currency),
          ])}
        />
      )}
      {lines.length > 0 && (
        <p>
          {unit === 'model-version'
            ? words.total(formatMoney(locale, flatTotal(found), currency))
            : words.counted}
        </p>
      )}
      {exclusions.length > 0 && (
        <Table
          caption={words.exclusions}
          head={[words.exclusionsHead.work, words.exclusionsHead.reason]}
          rows={exclusions.map(({ workId, title, reason }) => [
            reason === 'work-unknown' ? workId : <WorkLink workId={workId} title={title} />,
            text.reason[reason],
          ])}
        />
      )}
      {open && lines.length > 0 && (
        <section>
          <p>{words.what}</p>
          {signer ? (
            <form method="post" action={`/quotes/${found.id}`}>
              <button type="submit">{words.accept(party.name)}</button>
            </form>
          ) : (
            <p>{words.signersOnly}</p>
          )}
        </section>
      )}
    </>,
  );
}

/** Rounded once for each line. */
function flatTotal({ lines }: QuoteDetail): bigint {
  return lines.reduce((sum, line) => sum + amountFor(line, 1n), 0n);
}
