import { createRoute, z } from '@hono/zod-openapi';
import { requireOperator } from '../../identity/index.ts';
import { checkFields, createRouter, problemAnswers, type Router } from '../../kernel/index.ts';
import { accountSchema, bankAccount, saveBankAccount } from '../bank-account.ts';
import { body, FOR_OPERATORS, json, tags } from './parts.ts';

const accountBody = z.strictObject({
  name: z.string().openapi({ description: 'Holder of the account, at most 70 characters' }),
  iban: z.string().openapi({ example: 'DE89370400440532013000' }),
  bic: z.string().optional(),
  address: z.strictObject({
    streetName: z.string(),
    buildingNumber: z.string(),
    postCode: z.string(),
    townName: z.string(),
    country: z.string().openapi({ description: 'ISO 3166-1 alpha-2', example: 'DE' }),
  }),
});
const accountAnswer = z.object({ account: accountBody.nullable() }).openapi('BankAccount');

const getAccount = createRoute({
  method: 'get',
  path: '/api/bank-account',
  tags,
  summary: 'The bank account of the instance; for operators',
  responses: { 200: json('The account, or null', accountAnswer), ...problemAnswers(FOR_OPERATORS) },
});
const putAccount = createRoute({
  method: 'put',
  path: '/api/bank-account',
  tags,
  summary: 'Name the bank account of the instance; for operators',
  request: { body: body(accountBody) },
  responses: {
    200: json('The account', accountAnswer),
    ...problemAnswers({ ...FOR_OPERATORS, 422: 'invalid-input' }),
  },
});

export function accountRoutes(): Router {
  const router = createRouter();
  router.openapi(getAccount, async (c) => {
    await requireOperator(c);
    return c.json({ account: (await bankAccount(c.get('k'))) ?? null }, 200);
  });
  router.openapi(putAccount, async (c) => {
    const user = await requireOperator(c);
    const account = checkFields(accountSchema, c.req.valid('json'));
    await saveBankAccount(c.get('k'), { account, actor: user.id });
    return c.json({ account: (await bankAccount(c.get('k'))) ?? null }, 200);
  });
  return router;
}
