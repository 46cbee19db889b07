import {
  createRouter,
  formatDate,
  formatNumber,
  type Locale,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { Badge, Empty, renderPage, Timeline } from '../../web/index.ts';
import { Corrections, EntrySource, EntryWords } from './company-page.tsx';
import { impactText } from './impact-messages.ts';
import { type Computed, type Impact, type Proof, readImpact } from './read-impact.ts';

/** `/impact`: what the campaign brought, dated and provable. */
export function impactPage(): Router {
  const router = createRouter();
  router.get('/impact', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    const text = impactText(locale);
    const entries = await readImpact(k);
    const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
    return renderPage(
      c,
      { title: text.title, description: text.description },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {entries.length === 0 ? (
          <Empty title={text.none}>
            <p>{text.noneHint}</p>
          </Empty>
        ) : (
          <Timeline events={entries.map((entry) => eventOf(locale, entry, zone))} />
        )}
      </>,
    );
  });
  return router;
}

function eventOf(locale: Locale, entry: Impact, zone: string) {
  const text = impactText(locale);
  if (entry.by === 'operator') {
    return {
      at: formatDate(locale, entry.at),
      title: <EntryWords locale={locale} entry={entry} />,
      detail: (
        <>
          <Badge tone="info">{text.written}</Badge> <EntrySource locale={locale} entry={entry} />
          <Corrections locale={locale} zone={zone} entry={entry} />
        </>
      ),
    };
  }
  return {
    at: formatDate(locale, entry.at, zone),
    title: titleOf(locale, entry),
    detail: (
      <>
        <Badge tone="good">{text.fromRecords}</Badge> {text.definition[entry.kind]}{' '}
        <ProofLink locale={locale} proof={entry.proof} />
      </>
    ),
    tone: 'good' as const,
  };
}

/** What happened, in words. */
export function titleOf(locale: Locale, { kind, count = 0, company }: Computed): string {
  const { what } = impactText(locale);
  switch (kind) {
    case 'signatures':
    case 'goal':
      return what[kind](formatNumber(locale, count));
    case 'pledge':
    case 'licensee-named':
      return what[kind](company?.name ?? '');
    default:
      return what[kind];
  }
}

function ProofLink({ locale, proof }: { locale: Locale; proof: Proof | undefined }) {
  const text = impactText(locale).proof;
  if (!proof) return <>{text.waits}</>;
  if (proof.kind === 'page') return <a href={proof.path}>{text.page}</a>;
  return <a href="/log">{text.log(formatNumber(locale, proof.index))}</a>;
}
