import { setTimeout as sleep } from 'node:timers/promises';
import { answered, type MoneyPlay } from './money-notes.ts';

type Item = { id: string; endToEndId: string; amountMicro: string };

/** The bank: writes down what came, as files an operator imports; some twice. */
export async function playBank(play: MoneyPlay): Promise<void> {
  const { bank, first, notes, random } = play;
  while (play.busy() || bank.waiting > 0) {
    const file = bank.next(random.between(1, 6));
    if (!file) {
      await sleep(30);
      continue;
    }
    const raw = { type: 'application/xml', body: Buffer.from(file.xml) };
    const send = (again: boolean) =>
      answered(first.send({ method: 'POST', path: '/api/bank-statements', raw, again }), 200);
    const said = (await send(random.chance(0.2))).json<{
      sha256: string;
      again: boolean;
      newEntries: string[];
    }>();
    if (said.again || said.newEntries.length !== file.entries.length)
      throw new Error(`of ${file.entries.length} entries of a new file: ${JSON.stringify(said)}`);
    notes.bankFiles.add(said.sha256);
    for (const [at, { imported }] of file.entries.entries()) {
      notes.entries.add(said.newEntries[at]!);
      await imported?.(said.newEntries[at]!);
    }
    if (random.chance(0.2) && !(await send(false)).json<{ again: boolean }>().again)
      throw new Error('the same file was new twice');
  }
}

/** Proposes, orders and discards batches; the bank pays, refuses and returns. */
export async function playPayouts(play: MoneyPlay): Promise<void> {
  const { first, notes, random } = play;
  while (play.busy()) {
    await sleep(random.between(100, 500));
    const json = { minimumMicro: '10000' };
    const proposed = await first.send({ method: 'POST', path: '/api/payout-batches', json });
    if (proposed.status === 409 && proposed.text.includes('nothing-to-pay')) continue;
    const { id } = (await answered(Promise.resolve(proposed), 201)).json<{ id: string }>();
    notes.batches.add(id);
    const path = `/api/payout-batches/${id}`;
    if (random.chance(0.3)) await sleep(random.between(50, 300));
    if (await order(play, path)) await follow(play, id);
    else {
      await answered(first.send({ method: 'DELETE', path }), 204);
      notes.discarded.add(id);
    }
    const [older] = random.chance(0.5) ? notes.ordered : [];
    if (older && (await readFile(play, older[0])) !== older[1])
      throw new Error(`the payment file of ${older[0]} is another one now`);
  }
}

/** Whether it was ordered: somebody may not want to, and a credit note that came in between makes a batch outdated. */
async function order({ second, random }: MoneyPlay, path: string): Promise<boolean> {
  if (random.chance(0.1)) return false;
  const again = random.chance(0.3);
  const sent = second.send({ method: 'POST', path: `${path}/approval`, again });
  return (await answered(sent, 200, 409)).status === 200;
}

export async function readFile({ first }: MoneyPlay, batchId: string): Promise<string> {
  return (await answered(first.send({ path: `/api/payout-batches/${batchId}/file` }), 200)).text;
}

/** What the bank does with each payment of a file. */
async function follow(play: MoneyPlay, batchId: string): Promise<void> {
  const { bank, first, notes, random } = play;
  notes.ordered.set(batchId, await readFile(play, batchId));
  const answer = await answered(first.send({ path: `/api/payout-batches/${batchId}` }), 200);
  for (const { id, endToEndId, amountMicro: text } of answer.json<{ items: Item[] }>().items) {
    const amountMicro = BigInt(text);
    const comesBack = {
      entry: { amountMicro, endToEndId, returned: { code: 'AC04' } },
      imported: () => void notes.returned.add(endToEndId),
    };
    const paid = () => {
      notes.paid.add(endToEndId);
      if (random.chance(0.2)) bank.add(comesBack);
    };
    const refused = random.chance(0.1);
    if (refused) {
      const json = { reason: 'refused by the bank' };
      await answered(first.send({ method: 'POST', path: `/api/payouts/${id}/rejection`, json }), 204);
      notes.rejected.add(id);
    }
    // Sometimes the bank has refused and pays nevertheless; sometimes it does not pass on our reference.
    if (refused && random.chance(0.7)) continue;
    if (random.chance(0.1))
      bank.add({
        entry: { amountMicro: -amountMicro, remittance: 'payout' },
        async imported(entryId) {
          const path = `/api/payouts/${id}/match`;
          await answered(first.send({ method: 'POST', path, json: { entryId } }), 200);
          notes.assigned.add(entryId);
          paid();
        },
      });
    else bank.add({ entry: { amountMicro: -amountMicro, endToEndId }, imported: paid });
  }
}

/** Shares: one is accepted, one is contested and free again in turn; the holder objects to statements. */
export async function playHolders(play: MoneyPlay): Promise<void> {
  const { world, holder, objector, first, random } = play;
  const { workId, claimId: claim } = world.contested;
  await sleep(random.between(1_000, 4_000));
  const authority = { answer: 'mine' };
  const path = `/api/invitations/${world.invitation}/acceptance`;
  await answered(play.anyone.send({ method: 'POST', path, json: { answer: 'accept', authority } }), 200);
  while (play.busy()) {
    await sleep(random.between(500, 2_000));
    const page = await answered(first.send({ path: '/operator/works' }), 200);
    const hold = /name="hold" value="([^"]+)"/.exec(page.text)?.[1];
    // Sent again after a lost answer, a form is told that it was done.
    if (hold) {
      const form = { hold, outcome: 'rejected', resolution: 'heard both' };
      await first.send({ method: 'POST', path: '/operator/works', form });
    } else {
      const form = { claim, reason: 'I wrote it all myself' };
      await objector.send({ method: 'POST', path: `/works/${workId}/contest`, form });
    }
    await object(play, holder);
  }
}

async function object({ first, notes, random }: MoneyPlay, holder: MoneyPlay['holder']): Promise<void> {
  const found = await answered(holder.send({ path: '/api/statements' }), 200);
  const [newest] = found.json<{ statements: { id: string }[] }>().statements;
  if (!newest) return;
  const path = `/api/statements/${newest.id}/objections`;
  const json = { position: 1, reason: 'That was more' };
  const raised = await answered(holder.send({ method: 'POST', path, json }), 201, 404, 409);
  if (raised.status !== 201) return;
  const { id } = raised.json<{ id: string }>();
  notes.objections.add(id);
  await sleep(random.between(50, 500));
  const answer = { outcome: random.pick(['upheld', 'declined']), answer: 'looked at' };
  await answered(first.send({ method: 'POST', path: `/api/objections/${id}/answer`, json: answer }), 200);
}
