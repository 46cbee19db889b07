import { bankFile, bankSays, GUILD_ACCOUNT, importFile } from '../bank.ts';
import type { Client } from '../client.ts';
import { OPERATOR, PRIYA } from '../people.ts';
import { expectStatus, expectThat, type Step, until } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';
import { contest } from './distribute.ts';
import { expectCode } from './register-works.ts';

type Invoice = { id: string; number: string; totalMicro: string; openMicro: string; state: string };
type Line = { kind: string; grade: string; units: string; amountMicro: string };

/** Step 15: a period closes, an invoice goes out, and the bank says that it is paid. */
export const invoice: Step<SelftestWorld> = {
  number: 15,
  title: 'A period closes as a checklist; the invoice is paid by bank record, money by hand takes two people',
  async run(world) {
    const [operator, priya] = [world.person(OPERATOR.key), world.person(PRIYA.key)];
    expectStatus(
      await operator.json('PUT', '/api/bank-account', GUILD_ACCOUNT),
      200,
      'the guild has an account',
    );
    await closePeriod(world, operator);

    const found = (await priya.get('/api/invoices', JSON_ONLY)).json<{ invoices: Invoice[] }>();
    expectThat(found.invoices.length === 1, 'the company has one invoice');
    const [{ id, number, openMicro }] = found.invoices as [Invoice];
    const detail = (await priya.get(`/api/invoices/${id}`, JSON_ONLY)).json<{ lines: Line[] }>();
    const kinds = detail.lines.map(({ kind, grade, units }) => `${kind} ${grade} ${units}`).sort();
    expectThat(
      kinds.join() === 'flat agreed 1,usage gate-counted 3',
      `fetches and the flat fee are rated, each with how it is known: ${kinds.join()}`,
    );
    const page = await priya.get(`/invoices/${id}`);
    expectThat(/pro forma/i.test(page.text), 'it is marked pro forma');
    expectStatus(await world.person('maya').get(`/api/invoices/${id}`, JSON_ONLY), 404, 'others see none');
    world.notes.set('invoice', id).set('invoiceNumber', number);

    await contest(world);
    await refuseBadFiles(world, BigInt(openMicro), number);
    await bankSays(world, [
      {
        amountMicro: BigInt(openMicro),
        reference: 'R-1',
        remittance: `Invoice ${number}`,
        counterparty: { name: 'Candela Research', iban: 'FR1420041010050500013M02606' },
      },
    ]);
    await until(async () => {
      const paid = (await priya.get(`/api/invoices/${id}`, JSON_ONLY)).json<{ invoice: Invoice }>();
      return paid.invoice.state === 'settled' || undefined;
    }, 'the invoice is matched by its number and settled');
    return `${number}, ${Number(openMicro) / 1e6} EUR by bank, the rest from the prepaid balance`;
  },
};

async function closePeriod(world: SelftestWorld, operator: Client): Promise<void> {
  const now = world.instance.k.clock.now().getTime();
  const from = new Date(now - 86_400_000).toISOString();
  const ahead = await operator.json('POST', '/api/periods', {
    from,
    to: new Date(now + 3_600_000).toISOString(),
  });
  expectStatus(ahead, 201, 'a period may be opened before it is past');
  const early = ahead.json<{ id: string }>().id;
  expectCode(await operator.json('POST', `/api/periods/${early}/close`, {}), 409, 'period-not-past');
  expectStatus(await operator.json('DELETE', `/api/periods/${early}`, {}), 204, 'and taken back');

  const range = { from, to: new Date(now).toISOString() };
  const opened = await operator.json('POST', '/api/periods', range);
  expectStatus(opened, 201, 'a period is opened');
  const { id } = opened.json<{ id: string }>();
  expectCode(await operator.json('POST', '/api/periods', range), 409, 'period-overlaps');
  const checklist = await operator.get(`/operator/periods/${id}`);
  expectStatus(checklist, 200, 'it closes as a checklist');
  const both = await Promise.all([0, 1].map(() => operator.json('POST', `/api/periods/${id}/close`, {})));
  const closed = both.map((answer) => answer.json<{ closed: boolean }>().closed);
  expectThat(closed.filter(Boolean).length === 1, 'closed twice at once it is closed once');
  world.notes.set('period', id);
}

/** What a bank file gets wrong is said, and nothing of it stays. */
async function refuseBadFiles(world: SelftestWorld, amountMicro: bigint, number: string): Promise<void> {
  const entry = { amountMicro, reference: 'R-0', remittance: number };
  const send = (file: Parameters<typeof bankFile>[2]) => importFile(world, bankFile(world, 1, file));
  expectCode(
    await send({ opening: 0n, entries: [entry], closing: amountMicro + 1_000_000n }),
    422,
    'bank-statement-wrong-sum',
  );
  expectCode(await send({ opening: 0n, entries: [entry, entry] }), 422, 'bank-statement-duplicate-entry');
  expectCode(
    await send({ opening: 0n, entries: [entry], currency: 'USD' }),
    422,
    'bank-statement-other-currency',
  );
}
