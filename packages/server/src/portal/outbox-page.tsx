import { requireOperator } from '../identity/index.ts';
import { createRouter, formatTime, listMails, type Router } from '../kernel/index.ts';
import { Badge, Empty, renderPage, Table } from '../web/index.ts';
import { portalText } from './messages.ts';

const TONE = { queued: 'info', sent: 'good', suppressed: 'warn', bounced: 'bad', failed: 'bad' } as const;
const MAILS = 100;

/** `/operator/outbox`: which mail went to whom and what became of it; what is in it is the recipient’s alone. */
export function outboxPage(): Router {
  const router = createRouter();
  router.get('/operator/outbox', async (c) => {
    await requireOperator(c);
    const locale = c.get('locale');
    const text = portalText(locale).outbox;
    const skip = Number(/^\d{1,6}$/.exec(c.req.query('skip') ?? '')?.[0] ?? 0);
    const mails = await listMails(c.get('k'), MAILS, skip);
    return renderPage(
      c,
      { title: text.title, wide: true },
      <>
        <h1>{text.title}</h1>
        {mails.length === 0 && (
          <Empty title={text.title}>
            <p>{text.empty}</p>
          </Empty>
        )}
        {mails.length > 0 && (
          <Table
            caption={text.intro}
            head={[text.subject, text.to, text.state, text.at]}
            rows={mails.map((mail) => [
              mail.subject,
              mail.recipient,
              <>
                <Badge tone={TONE[mail.state]}>{text.states[mail.state]}</Badge>
                {mail.detail && <small>{mail.detail}</small>}
              </>,
              formatTime(locale, mail.created_at),
            ])}
          />
        )}
        {mails.length === MAILS && (
          <p>
            <a rel="next" href={`/operator/outbox?skip=${skip + MAILS}`}>
              {text.older}
            </a>
          </p>
        )}
      </>,
    );
  });
  return router;
}
