import type { Statement } from '@clearway/protocol';
import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formatMoney,
  formatTime,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { ActionForm, Facts, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { statementsText } from '../messages.ts';
import type { Objection } from '../model.ts';
import { objectionsTo, objectionText, raiseObjection, withdrawObjection } from '../raise-objection.ts';
import { fileName, readStatement, statementCsv, statementFile } from '../read-statements.ts';
import { viewerOf } from '../routes.ts';

const PRIVATE = { 'Cache-Control': 'no-store' };
const objectionForm = z.object({
  reason: objectionText,
  position: z
    .string()
    .trim()
    .regex(/^[0-9]{0,6}$/, 'not a number of a line')
    .transform((text) => (text === '' ? undefined : Number(text))),
});

/** `/earnings/statements/:id`: a statement, its files, and objections to it. */
export function statementPages(): Router {
  const router = createRouter();
  const at = '/earnings/statements/:id';
  router.get(at, (c) => show(c));
  router.get(`${at}/statement.json`, async (c) => {
    const about = { id: c.req.param('id') ?? '', viewer: await viewerOf(c) };
    const { name, bytes } = await statementFile(c.get('k'), about);
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
      ...PRIVATE,
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${name}.json"`,
    });
  });
  router.get(`${at}/statement.csv`, async (c) => {
    const about = { id: c.req.param('id') ?? '', viewer: await viewerOf(c) };
    const { document } = await readStatement(c.get('k'), about);
    return c.body(statementCsv(document), 200, {
      ...PRIVATE,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName(document)}.csv"`,
    });
  });
  router.post(`${at}/objections`, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const statementId = c.req.param('id') ?? '';
    const fields = await formFields(c);
    try {
      const { reason, position } = checkFields(objectionForm, { position: '', ...fields });
      await raiseObjection(c.get('k'), { statementId, position, reason, partyId: party.id, userId: user.id });
      return c.redirect(`/earnings/statements/${statementId}?done=objected#objections`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'statement-unknown') throw error;
      return show(c, error, fields);
    }
  });
  router.post(`${at}/objections/:objection/withdraw`, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const about = { id: c.req.param('objection') ?? '', partyId: party.id, userId: user.id };
    await withdrawObjection(c.get('k'), about);
    return c.redirect(`/earnings/statements/${c.req.param('id')}?done=withdrawn#objections`, 303);
  });
  return router;
}

type Typed = { readonly [name: string]: string | string[] };

async function show(c: HttpContext, problem?: Problem, typed: Typed = {}): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const id = c.req.param('id') ?? '';
  const viewer = await viewerOf(c);
  const found = await readStatement(k, { id, viewer });
  const objections = await objectionsTo(k, id);
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const all = statementsText(locale);
  const text = all.statement;
  const { document, currency } = found;
  const money = (micro: bigint | string) => formatMoney(locale, BigInt(micro), currency);
  const time = (at: Date) => formatTime(locale, at, zone);
  const mine = found.partyId === viewer.partyId;
  const done = c.req.query('done');
  const title = all.statements.name(found.number, currency);
  return renderPage(
    c,
    { title, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{title}</h1>
      {done === 'objected' && <Notice tone="good">{all.objection.done}</Notice>}
      {done === 'withdrawn' && <Notice tone="good">{all.objection.withdrawn}</Notice>}
      <ProblemNotice problem={problem} locale={locale} />
      <Facts
        rows={[
          [all.statements.payee, document.payee.name],
          [
            text.period,
            found.fromAt ? text.between(time(found.fromAt), time(found.toAt)) : text.since(time(found.toAt)),
          ],
          [text.opening, money(found.openingMicro)],
          [text.earned, money(found.earnedMicro)],
          [text.moved, money(found.movedMicro)],
          [text.closing, <strong>{money(found.closingMicro)}</strong>],
          [text.way, money(found.inPayoutClosingMicro)],
          [text.issued, time(found.issuedAt)],
          [text.hash, <code>{found.sha256}</code>],
        ]}
      />
      <p class="hint">{text.cutOff}</p>
      <p>
        <a class="button" href={`/earnings/statements/${id}/statement.json`}>
          {text.download}
        </a>{' '}
        <a class="button quiet" href={`/earnings/statements/${id}/statement.csv`}>
          {text.csv}
        </a>
      </p>
      <p class="hint">
        {text.check} <a href="/verify">{all.earnings.verify}</a>
      </p>
      <Lines document={document} mine={mine} locale={locale} />
      <Movements document={document} locale={locale} zone={zone} />
      <h2 id="objections">{all.objection.title}</h2>
      <Objections objections={objections} mine={mine} locale={locale} />
      {mine && (
        <>
          <p>{all.objection.intro(formatDate(locale, found.objectionUntil, zone))}</p>
          <form method="post" action={`/earnings/statements/${id}/objections`}>
            <Field
              name="position"
              label={all.objection.line}
              hint={all.objection.lineHint}
              inputMode="numeric"
              maxLength={6}
              value={one(typed.position)}
            />
            <Field
              name="reason"
              label={all.objection.about}
              hint={all.objection.aboutHint}
              rows={4}
              required
              maxLength={2_000}
              value={one(typed.reason)}
            />
            <button type="submit">{all.objection.send}</button>
          </form>
        </>
      )}
    </>,
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** More lines than a page bears are in the files. */
const SHOWN = 200;

function Lines({ document, mine, locale }: { document: Statement; mine: boolean; locale: Locale }) {
  const text = statementsText(locale);
  const money = (micro: string) => formatMoney(locale, BigInt(micro), document.currency);
  if (document.lines.length === 0) return null;
  return (
    <>
      <h2>{text.statement.lines}</h2>
      <Table
        caption={text.statement.lines}
        captionHidden
        head={[
          '#',
          text.line.work,
          text.line.licensee,
          text.line.rated,
          text.statement.fee,
          text.line.amount,
        ]}
        rows={document.lines
          .slice(0, SHOWN)
          .map((line, i) => [
            String(i + 1),
            mine ? <a href={`/earnings/lines/${line.id}`}>{line.work.title}</a> : line.work.title,
            line.licensee.name,
            money(line.rated),
            money(line.fee),
            money(line.amount),
          ])}
      />
      {document.lines.length > SHOWN && <p>{text.statement.more(SHOWN, document.lines.length)}</p>}
    </>
  );
}

function Movements({ document, locale, zone }: { document: Statement; locale: Locale; zone: string }) {
  const text = statementsText(locale).statement;
  const kinds: { readonly [kind: string]: string } = text.kinds;
  if (document.movements.length === 0) return null;
  return (
    <>
      <h2>{text.movements}</h2>
      <Table
        caption={text.movements}
        captionHidden
        head={[text.kind, text.issued, text.reference, text.amount, text.way]}
        rows={document.movements.map(({ kind, at, reference, payable, inPayout }) => [
          kinds[kind] ?? kind,
          formatTime(locale, new Date(at), zone),
          <code>{reference}</code>,
          formatMoney(locale, BigInt(payable), document.currency),
          formatMoney(locale, BigInt(inPayout), document.currency),
        ])}
      />
    </>
  );
}

function Objections(props: { objections: readonly Objection[]; mine: boolean; locale: Locale }) {
  const text = statementsText(props.locale).objection;
  if (props.objections.length === 0) return null;
  return (
    <Table
      caption={text.title}
      captionHidden
      head={[text.line, text.about, text.disputed, text.state, text.answer]}
      rows={props.objections.map((o) => [
        o.position === null ? text.all : String(o.position),
        o.reason,
        formatMoney(props.locale, o.disputedMicro, o.currency),
        o.outcome === null ? text.open : text.outcome[o.outcome],
        o.outcome === null && props.mine ? (
          <ActionForm
            action={`/earnings/statements/${o.statementId}/objections/${o.id}/withdraw`}
            label={text.withdraw}
          />
        ) : (
          (o.answer ?? '')
        ),
      ])}
    />
  );
}
