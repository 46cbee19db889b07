import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatMoney,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Facts, Field, ProblemNotice, renderPage, Select } from '../../web/index.ts';
import { ASSIGNMENTS, assignEntry } from '../assign-entry.ts';
import { bankText } from '../messages.ts';
import type { BankEntry } from '../model.ts';
import { readEntry } from '../read-entry.ts';
import { matchText, WordMark } from './parts.tsx';

const form = z.object({ kind: z.enum(ASSIGNMENTS), target: z.literal('').or(cleanLine(100)) });

/** `/operator/bank/entries/:id`: all the bank says about one entry, and what it was for. */
export function entryPage(): Router {
  const router = createRouter();
  router.get('/operator/bank/entries/:id', async (c) => page(c));
  router.post('/operator/bank/entries/:id', async (c) => {
    const { id } = await requireOperator(c);
    const entryId = c.req.param('id');
    const typed = await formFields(c);
    try {
      const { kind, target } = checkFields(form, typed);
      await assignEntry(c.get('k'), { entryId, kind, target, actor: id });
      return c.redirect(`/operator/bank/entries/${entryId}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'bank-entry-unknown') throw error;
      return page(c, error, typed);
    }
  });
  return router;
}

async function page(
  c: HttpContext,
  problem?: Problem,
  typed: { [name: string]: string | string[] } = {},
): Promise<Response> {
  await requireOperator(c);
  const locale = c.get('locale');
  const text = bankText(locale).bank;
  const entry = await readEntry(c.get('k'), c.req.param('id') ?? '');
  const title = text.entry.title(formatMoney(locale, entry.amountMicro, entry.currency));
  const kinds = ASSIGNMENTS.filter((kind) => kind === 'own' || entry.amountMicro > 0n);
  return renderPage(
    c,
    { title, status: problem?.status ?? 200 },
    <>
      <h1>{title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <EntryFacts c={c} entry={entry} />
      {entry.reversal && <p>{text.entry.reversal}</p>}
      {entry.state === 'open' && (
        <form method="post" action={`/operator/bank/entries/${entry.id}`}>
          <h2>{text.assign.title}</h2>
          <Select
            name="kind"
            label={text.assign.kind}
            options={kinds.map((value) => ({ value, label: text.assign.kinds[value] }))}
            value={String(typed.kind ?? '')}
            required
          />
          <Field
            name="target"
            label={text.assign.target}
            hint={text.assign.targetHint}
            value={String(typed.target ?? '')}
            maxLength={100}
          />
          <button type="submit" class="main">
            {text.assign.button}
          </button>
        </form>
      )}
    </>,
  );
}

function EntryFacts({ c, entry }: { c: HttpContext; entry: BankEntry }) {
  const locale = c.get('locale');
  const text = bankText(locale).bank;
  const money = (micro: bigint) => formatMoney(locale, micro, entry.currency);
  const assigned = entry.remittance === entry.written ? null : entry.remittance;
  const rows: readonly (readonly [string, string | null])[] = [
    [text.head.day, entry.bookedAt],
    [text.entry.valueDate, entry.valueDate],
    [text.head.who, entry.counterpartyName],
    [text.entry.iban, entry.counterpartyIban],
    [text.head.text, entry.written],
    [text.entry.assigned, assigned],
    [text.entry.endToEndId, entry.endToEndId],
    [text.entry.reference, entry.reference],
    [text.entry.returned, entry.returnReason],
    ...entry.matches.map(
      ({ to, amountMicro }) =>
        [text.head.matched, `${matchText(locale, to)}: ${money(amountMicro)}`] as const,
    ),
    [text.entry.open, entry.openMicro === 0n ? null : money(entry.openMicro)],
  ];
  const source = (
    <>
      {text.entry.sources[entry.source]}
      <WordMark locale={locale} source={entry.source} />
    </>
  );
  return (
    <Facts
      rows={[[text.entry.source, source], ...rows.filter(([, value]) => value !== null && value !== '')]}
    />
  );
}
