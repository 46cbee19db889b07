import { OLGA, OPERATOR } from './people.ts';
import { expectStatus, expectThat, until } from './play.ts';
import { expectCode } from './steps/register-works.ts';
import type { SelftestWorld } from './world.ts';

/** Money no bank shows yet: one operator proposes, another confirms, and it is called their word. */
export async function payByHand(
  world: SelftestWorld,
  payment: { kind: 'prepaid' | 'invoice'; target: string; amountMicro: string; note: string },
): Promise<void> {
  const [operator, olga] = [world.person(OPERATOR.key), world.person(OLGA.key)];
  const proposed = await operator.json('POST', '/api/payments', payment);
  expectStatus(proposed, 201, 'an operator says that money has come');
  const { id } = proposed.json<{ id: string }>();
  const own = await operator.json('POST', `/api/payments/${id}/confirmation`, {});
  expectCode(own, 403, 'payment-needs-second-person');
  const done = await olga.json('POST', `/api/payments/${id}/confirmation`, {});
  expectStatus(done, 200, 'a second one confirms it');
  expectThat(done.json<{ knownBy: string }>().knownBy === 'operator-word', 'and it is called their word');
  await until(async () => {
    const { payments } = (await operator.get('/api/payments', { Accept: 'application/json' })).json<{
      payments: { id: string; entryId: string | null }[];
    }>();
    return payments.some((payment) => payment.id === id && payment.entryId !== null) || undefined;
  }, 'the payment is in the books');
}
