import { createRouter, formatDate, type Locale, type Router } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Badge, Empty, renderPage, Table } from '../../web/index.ts';
import { worksText } from '../messages.ts';
import type { Licensability } from '../model.ts';
import { listWorks } from '../read-work.ts';
import { pageText } from './messages.ts';

const PAGE = 50;

/** `/works`: what I registered or share in. */
export function listPage(): Router {
  const router = createRouter();
  router.get('/works', async (c) => {
    const locale = c.get('locale');
    const text = pageText(locale).list;
    const words = worksText(locale);
    const party = await requireParty(c);
    const found = await listWorks(c.get('k'), {
      partyId: party.id,
      limit: PAGE,
      before: c.req.query('before'),
    });
    const last = found.length === PAGE ? found.at(-1)?.work.id : undefined;
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        {found.length === 0 ? (
          <Empty title={text.emptyTitle}>
            <p>{text.empty}</p>
          </Empty>
        ) : (
          <Table
            caption={text.caption}
            head={[text.work, text.type, text.state, text.date]}
            rows={found.map(({ work, licensability }) => [
              <a href={`/works/${work.id}`}>{work.title}</a>,
              words.type[work.type],
              <Standing locale={locale} licensability={licensability} />,
              formatDate(locale, work.createdAt),
            ])}
          />
        )}
        <p>
          <a class="button" href="/works/new">
            {text.register}
          </a>{' '}
          <a class="button quiet" href="/works/many">
            {text.many}
          </a>{' '}
          {last && <a href={`/works?before=${last}`}>{text.older}</a>}
        </p>
      </>,
    );
  });
  return router;
}

/** The first thing that is in the way, in words. */
export function Standing({ locale, licensability }: { locale: Locale; licensability: Licensability }) {
  const words = worksText(locale);
  const [first] = licensability.reasons;
  if (!first) return <Badge tone="good">{words.state.ready}</Badge>;
  return <Badge tone={first.code === 'withdrawn' ? 'info' : 'warn'}>{words.reason[first.code]}</Badge>;
}
