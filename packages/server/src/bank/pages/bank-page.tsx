import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  formatMoney,
  formatNumber,
  type HttpContext,
  invalidInput,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { Facts, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { bankAccount } from '../bank-account.ts';
import { bankFigures, type ListedStatement } from '../bank-figures.ts';
import { importBankStatement } from '../import-statement.ts';
import { bankText } from '../messages.ts';
import { MAX_STATEMENT_BYTES } from '../read-camt053.ts';
import { listEntries } from '../read-entry.ts';
import { EntryTable } from './parts.tsx';

/** `/operator/bank`: statements in, and the entries nobody knows yet. */
export function bankPage(): Router {
  const router = createRouter();
  router.get('/operator/bank', async (c) => page(c));
  router.post('/operator/bank', async (c) => {
    const { id } = await requireOperator(c);
    let discard = async () => {};
    try {
      const upload = await readUpload(c, { maxBytes: MAX_STATEMENT_BYTES });
      ({ discard } = upload);
      const { file } = upload;
      if (!file) throw invalidInput([{ path: [], message: bankText(c.get('locale')).bank.import.missing }]);
      const parts: Uint8Array[] = [];
      for await (const part of file.open()) parts.push(part);
      const done = await importBankStatement(c.get('k'), { bytes: Buffer.concat(parts), actor: id });
      const told = done.again ? 'again' : `new=${done.newEntries.length}&known=${done.knownEntries}`;
      return c.redirect(`/operator/bank?${told}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return await page(c, error);
    } finally {
      await discard();
    }
  });
  router.get('/operator/bank/entries', async (c) => {
    await requireOperator(c);
    const locale = c.get('locale');
    const text = bankText(locale).bank;
    const before = /^[0-9]{1,18}$/.exec(c.req.query('before') ?? '')?.[0];
    const found = await listEntries(c.get('k'), { state: 'matched', ...(before ? { before } : {}) });
    return renderPage(
      c,
      { title: text.matched, wide: true },
      <>
        <h1>{text.matched}</h1>
        <EntryTable locale={locale} caption={text.matched} entries={found.entries} />
        {found.next && (
          <p>
            <a href={`/operator/bank/entries?before=${found.next}`}>{text.older}</a>
          </p>
        )}
      </>,
    );
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem): Promise<Response> {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = bankText(locale).bank;
  const account = await bankAccount(k);
  const { statements, onWord } = await bankFigures(k);
  const open = await listEntries(k, { state: 'open' });
  return renderPage(
    c,
    { title: text.title, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <Done c={c} />
      <p class="lead">{text.intro}</p>
      <Facts
        rows={[
          [text.account, <a href="/operator/bank-account">{account?.iban ?? text.noAccount}</a>],
          [text.stands, statements[0] ? closingOf(c, statements[0]) : text.none],
          ...onWord.map(
            ({ currency, micro }) => [text.onWord, formatMoney(locale, micro, currency)] as const,
          ),
        ]}
      />
      <ul class="links">
        <li>
          <a href="/operator/bank/payments">{text.payments}</a>
        </li>
        <li>
          <a href="/operator/bank/entries">{text.matched}</a>
        </li>
      </ul>
      <h2>{text.import.title}</h2>
      <form method="post" action="/operator/bank" enctype="multipart/form-data">
        <div class="field">
          <label for="f-file">{text.import.file}</label>
          <p class="hint" id="f-file-hint">
            {text.import.hint}
          </p>
          <input
            type="file"
            id="f-file"
            name="file"
            accept=".xml,application/xml,text/xml"
            required
            aria-describedby="f-file-hint"
          />
        </div>
        <button type="submit" class="main">
          {text.import.button}
        </button>
      </form>
      <h2>{text.open.title}</h2>
      {open.entries.length === 0 ? (
        <p>{text.open.none}</p>
      ) : (
        <EntryTable locale={locale} caption={text.open.title} entries={open.entries} />
      )}
      <h2>{text.statements.title}</h2>
      {statements.length === 0 ? <p>{text.none}</p> : <Statements c={c} statements={statements} />}
    </>,
  );
}

function closingOf(c: HttpContext, { closingMicro, currency, closedOn }: ListedStatement): string {
  return `${formatMoney(c.get('locale'), closingMicro, currency)} (${closedOn})`;
}

function Done({ c }: { c: HttpContext }) {
  const [locale, text] = [c.get('locale'), bankText(c.get('locale')).bank.import];
  const number = (name: string) => /^[0-9]{1,9}$/.exec(c.req.query(name) ?? '')?.[0];
  const [fresh, known] = [number('new'), number('known')];
  if (c.req.query('again') === undefined && (fresh === undefined || known === undefined)) return null;
  return (
    <Notice tone="good">
      <p>
        {fresh === undefined || known === undefined
          ? text.again
          : text.done(formatNumber(locale, Number(fresh)), formatNumber(locale, Number(known)))}
      </p>
    </Notice>
  );
}

function Statements({ c, statements }: { c: HttpContext; statements: readonly ListedStatement[] }) {
  const locale = c.get('locale');
  const text = bankText(locale).bank;
  return (
    <Table
      caption={text.statements.title}
      captionHidden
      head={[
        text.statements.link,
        text.statements.name,
        text.statements.closed,
        text.head.balance,
        text.statements.entries,
      ]}
      rows={statements.map((one) => [
        formatNumber(locale, one.link),
        one.name,
        one.closedOn,
        formatMoney(locale, one.closingMicro, one.currency),
        formatNumber(locale, one.entries),
      ])}
    />
  );
}
