import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../../identity/index.ts';
import { createRouter, failCommon, problemAnswers, type Router } from '../../kernel/index.ts';
import { ASSIGNMENTS, assignEntry } from '../assign-entry.ts';
import { importBankStatement } from '../import-statement.ts';
import type { BankEntry } from '../model.ts';
import { listEntries } from '../read-entry.ts';
import { body, FOR_OPERATORS, idParam, json, micro, tags } from './parts.ts';

const text = z.string().nullable();
const entryAnswer = z
  .object({
    id: z.string(),
    source: z.enum(['statement', 'operator-word']).openapi({
      description: 'operator-word: no bank says so, two operators do',
    }),
    amountMicro: micro.openapi({ description: 'Credits positive, debits negative' }),
    openMicro: micro,
    currency: z.string(),
    bookedAt: z.string(),
    valueDate: text,
    endToEndId: text,
    remittance: z.string(),
    reference: text,
    counterpartyName: text,
    counterpartyIban: text,
    returnReason: text,
    reversal: z.boolean(),
    state: z.enum(['open', 'matched']),
    matches: z.array(z.object({ to: z.string(), amountMicro: micro })),
  })
  .openapi('BankEntry');

const importAnswer = z
  .object({
    sha256: z.string(),
    again: z.boolean().openapi({ description: 'The same bytes were imported before; nothing was done' }),
    newEntries: z.array(z.string()),
    knownEntries: z.int(),
  })
  .openapi('BankImport');

const postStatement = createRoute({
  method: 'post',
  path: '/api/bank-statements',
  tags,
  summary: 'Import a file of bank statements, whole or not at all; for operators',
  request: {
    body: {
      required: true,
      description: 'ISO 20022 camt.053.001.08, at most 2 MB; larger files on the page',
      content: { 'application/xml': { schema: z.string() } },
    },
  },
  responses: {
    200: json('It is imported, now or before', importAnswer),
    ...problemAnswers({
      ...FOR_OPERATORS,
      409: 'bank-account-missing, bank-statement-gap',
      422: 'bank-file-unreadable, bank-statement-wrong-sum, bank-statement-duplicate-entry, …',
    }),
  },
});
const getEntries = createRoute({
  method: 'get',
  path: '/api/bank-entries',
  tags,
  summary: 'Entries of the bank account, the last recorded first; for operators',
  request: {
    query: z.object({
      state: z.enum(['open', 'matched']).optional(),
      before: z
        .string()
        .regex(/^[0-9]{1,18}$/)
        .optional()
        .openapi({ description: '`next` of the answer before' }),
    }),
  },
  responses: {
    200: json('At most 200', z.object({ entries: z.array(entryAnswer), next: text })),
    ...problemAnswers(FOR_OPERATORS),
  },
});
const postAssignment = createRoute({
  method: 'post',
  path: '/api/bank-entries/{id}/assignments',
  tags,
  summary: 'Say what the open part of an entry was for; for operators',
  request: {
    params: idParam,
    body: body(
      z.strictObject({
        kind: z.enum(ASSIGNMENTS).openapi({ description: 'own: the operator’s own money, such as charges' }),
        target: z.string().max(100).openapi({
          description: 'Number of the invoice, id of the company or of the payment; empty for own',
        }),
      }),
    ),
  },
  responses: {
    200: json('The entry', entryAnswer),
    ...problemAnswers({
      ...FOR_OPERATORS,
      404: 'bank-entry-unknown, bank-target-unknown',
      409: 'bank-entry-matched',
      422: 'bank-entry-not-for-this, invalid-input',
    }),
  },
});

/** Statements in, and what their entries were for. */
export function entryRoutes(): Router {
  const router = createRouter();
  router.openapi(postStatement, async (c) => {
    const { id } = await requireOperator(c);
    const [type = ''] = (c.req.header('Content-Type') ?? '').split(';');
    if (!['application/xml', 'text/xml'].includes(type.trim().toLowerCase())) {
      throw failCommon('unsupported-media-type');
    }
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const done = await importBankStatement(c.get('k'), { bytes, actor: id });
    return c.json({ ...done, newEntries: [...done.newEntries] }, 200);
  });
  router.openapi(getEntries, async (c) => {
    await requireOperator(c);
    const { state, before } = c.req.valid('query');
    const page = await listEntries(c.get('k'), { ...(state && { state }), ...(before && { before }) });
    return c.json({ entries: page.entries.map(documentOf), next: page.next }, 200);
  });
  router.openapi(postAssignment, async (c) => {
    const { id } = await requireOperator(c);
    const said = c.req.valid('json');
    const entry = await assignEntry(c.get('k'), { ...said, entryId: c.req.valid('param').id, actor: id });
    return c.json(documentOf(entry), 200);
  });
  return router;
}

function documentOf(entry: BankEntry): z.input<typeof entryAnswer> {
  const { recordedAt: _, written: __, matchedTo: ___, amountMicro, openMicro, matches, ...rest } = entry;
  return {
    ...rest,
    amountMicro: amountMicro.toString(),
    openMicro: openMicro.toString(),
    matches: matches.map((match) => ({ to: match.to, amountMicro: match.amountMicro.toString() })),
  };
}
