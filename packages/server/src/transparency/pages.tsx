import { toHex } from '@clearway/protocol';
import { createRouter, formatNumber, formatTime, type Locale, type Router } from '../kernel/index.ts';
import { Empty, Facts, renderPage, Table } from '../web/index.ts';
import { logText } from './messages.ts';
import { type LogContents, type LogFacts, readLog, readLogContents } from './read-log.ts';

/** `/log`: what the log is, its state, and how to check it. */
export function transparencyPages(): Router {
  const router = createRouter();
  router.get('/log', async (c) => {
    const k = c.get('k');
    const locale = c.get('locale');
    const text = logText(locale);
    const log = await readLog(k);
    const { person } = await c.get('chrome')();
    const contents = person?.operator ? await readLogContents(k) : undefined;
    return renderPage(
      c,
      { title: text.title, description: text.description },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.what}</p>
        <p>{text.secret}</p>
        <State locale={locale} log={log} />
        <Check locale={locale} log={log} />
        {contents && <Contents locale={locale} contents={contents} />}
      </>,
    );
  });
  return router;
}

function State({ locale, log }: { locale: Locale; log: LogFacts }) {
  const text = logText(locale);
  const { checkpoint } = log;
  if (!checkpoint) {
    return (
      <Empty title={text.empty}>
        <p>{text.emptyText}</p>
      </Empty>
    );
  }
  return (
    <section>
      <h2>{text.stateHeading}</h2>
      <Facts
        rows={[
          [text.size, formatNumber(locale, checkpoint.size)],
          [text.signed, formatTime(locale, checkpoint.createdAt)],
          [text.root, <code>{toHex(checkpoint.root)}</code>],
        ]}
      />
    </section>
  );
}

function Check({ locale, log }: { locale: Locale; log: LogFacts }) {
  const text = logText(locale);
  return (
    <section>
      <h2>{text.checkHeading}</h2>
      <Facts
        rows={[
          [text.name, <code>{log.origin}</code>],
          [text.fingerprint, <code>{log.fingerprint}</code>],
          [text.key, <code>{log.verifierKey}</code>],
        ]}
      />
      <ol>
        {text.steps.split('\n').map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <ul>
        {log.checkpoint && (
          <li>
            <a href="/log/checkpoint">{text.checkpointLink}</a>
          </li>
        )}
        <li>
          <a href="/log/key">{text.keyLink}</a>
        </li>
      </ul>
      <p>{text.verify}</p>
      <pre>
        <code>npm run clearway -- verify proof --key log.pub</code>
      </pre>
    </section>
  );
}

function Contents({ locale, contents }: { locale: Locale; contents: LogContents }) {
  const text = logText(locale);
  return (
    <section>
      <h2>{text.operatorHeading}</h2>
      <Table
        caption={text.byType}
        head={[text.kind, text.count, text.waiting, text.erased]}
        rows={contents.byType.map(({ type, count, waiting, erased }) => [
          <code>{type}</code>,
          ...[count, waiting, erased].map((n) => formatNumber(locale, n)),
        ])}
      />
      <Table
        caption={text.latest}
        head={[text.number, text.kind, text.made, text.place]}
        rows={contents.latest.map(({ id, type, createdAt, index }) => [
          <code>{id}</code>,
          <code>{type}</code>,
          formatTime(locale, createdAt),
          index === undefined ? text.waits : formatNumber(locale, index),
        ])}
      />
    </section>
  );
}
