import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_PREV, type Segment, sealSegment, segmentHash } from '@clearway/protocol';
import { answered, type MoneyPlay } from './money-notes.ts';

type Invoice = { id: string; number: string; sha256: string; openMicro: string };
type Line = { id: string; kind: string; amountMicro: string };

/** A gate that counts fetches of all works and delivers segments, some twice, until they are counted. */
export async function playUsage(play: MoneyPlay, gate: MoneyPlay['world']['gates'][number]): Promise<void> {
  const { world, notes, random } = play;
  let [seq, made, prev] = [0, 0, FIRST_PREV];
  while (play.busy()) {
    const at = Date.now();
    const records = Array.from({ length: random.between(0, 8) }, () => {
      made += 1;
      const { id: tokenId, agreement, client } = random.pick(world.tokens);
      const counted = { use: 'ai-input', units: 1, bytes: 100, status: 200 } as const;
      return { seq: made, at, tokenId, agreement, client, path: '/', ...counted };
    });
    seq += 1;
    const about = { format: 'clearway-segment-1', gate: gate.id, site: gate.siteId } as const;
    const segment: Segment = { ...about, seq, prev, from: at, to: at, records, refusals: [], bundle: 1 };
    const body = Buffer.from(await sealSegment(segment, gate.pair));
    prev = await segmentHash(segment);
    for (let times = random.chance(0.2) ? 2 : 1; times > 0; times -= 1) {
      const raw = { type: 'application/jose', body };
      const sent = play.anyone.send({ method: 'POST', path: '/api/segments', raw });
      notes.counted.set(
        gate.id,
        (await answered(sent, 200)).json<{ countedTo: { record: number } }>().countedTo.record,
      );
    }
    await sleep(random.between(20, 150));
  }
}

/** Closes one period after the other, has the invoices paid, takes some back, issues statements. */
export async function playBilling(play: MoneyPlay): Promise<void> {
  const { first, notes, random } = play;
  let from = new Date(Date.now() - 3_600_000);
  while (play.busy()) {
    const to = new Date();
    const json = { from: from.toISOString(), to: to.toISOString() };
    const opened = first.send({ method: 'POST', path: '/api/periods', json });
    const { id } = (await answered(opened, 201)).json<{ id: string }>();
    const closed = await answered(first.send({ method: 'POST', path: `/api/periods/${id}/close` }), 200);
    const { invoiceIds } = closed.json<{ invoiceIds: string[] }>();
    notes.closed.set(id, invoiceIds);
    from = to;
    for (const invoiceId of invoiceIds) await settle(play, invoiceId);
    if (random.chance(0.5)) await credit(play);
    if (random.chance(0.4)) await issueStatements(play);
    await sleep(random.between(50, 400));
  }
}

async function read(play: MoneyPlay, id: string): Promise<{ invoice: Invoice; lines: Line[] }> {
  return (await answered(play.first.send({ path: `/api/invoices/${id}` }), 200)).json();
}

/** The company pays: all at once, in parts, too much, without a word, or in cash. */
async function settle(play: MoneyPlay, id: string): Promise<void> {
  const { bank, notes, random } = play;
  const { invoice } = await read(play, id);
  notes.signed.set(id, invoice.sha256);
  const open = BigInt(invoice.openMicro);
  if (open === 0n) return;
  const pay = (amountMicro: bigint, remittance = `Rechnung ${invoice.number}`) =>
    bank.add({ entry: { amountMicro, remittance } });
  const way = random.pick(['whole', 'whole', 'parts', 'over', 'silent', 'cash', 'never'] as const);
  const part = (open / 30_000n) * 10_000n;
  if (way === 'whole') pay(open);
  if (way === 'over') pay(open + 1_230_000n);
  if (way === 'parts') for (const some of [part, open - part]) if (some > 0n) pay(some);
  if (way === 'silent')
    bank.add({
      entry: { amountMicro: open, remittance: 'thank you' },
      imported: (entryId) => assign(play, entryId, 'invoice', invoice.number),
    });
  if (way === 'cash') {
    await payInCash(play, invoice.number, open);
    if (random.chance(0.5)) pay(open);
  }
  if (random.chance(0.1))
    bank.add({
      entry: { amountMicro: -2_340_000n, remittance: 'charges' },
      imported: (entryId) => assign(play, entryId, 'own', ''),
    });
}

async function assign({ first, notes }: MoneyPlay, entryId: string, kind: string, target: string) {
  const path = `/api/bank-entries/${entryId}/assignments`;
  await answered(first.send({ method: 'POST', path, json: { kind, target } }), 200);
  notes.assigned.add(entryId);
}

async function payInCash({ first, second, notes }: MoneyPlay, target: string, micro: bigint): Promise<void> {
  const json = { kind: 'invoice', target, amountMicro: micro.toString(), note: 'in cash' };
  const proposed = await answered(first.send({ method: 'POST', path: '/api/payments', json }), 201);
  const { id } = proposed.json<{ id: string }>();
  await answered(second.send({ method: 'POST', path: `/api/payments/${id}/confirmation` }), 200);
  notes.confirmed.add(id);
}

/** Part of a line of any invoice, paid or not, paid out or not. */
async function credit(play: MoneyPlay): Promise<void> {
  const { first, notes, random } = play;
  const invoices = [...notes.closed.values()].flat();
  if (invoices.length === 0) return;
  const id = random.pick(invoices);
  const line = random.pick((await read(play, id)).lines);
  const amountMicro = (BigInt(line.amountMicro) / BigInt(random.between(1, 9))).toString();
  if (amountMicro === '0') return;
  const json = { reason: 'counted too much', lines: [{ lineId: line.id, amountMicro }] };
  const again = random.chance(0.3);
  const sent = first.send({ method: 'POST', path: `/api/invoices/${id}/credits`, json, again });
  const answer = await answered(sent, 201, 409);
  if (answer.status === 409) return;
  const note = answer.json<{ id: string; sha256: string }>();
  notes.signed.set(note.id, note.sha256);
}

/** Everyone who has earned something since the last one gets a statement. */
export async function issueStatements({ first, notes }: MoneyPlay): Promise<void> {
  const issued = await answered(first.send({ method: 'POST', path: '/api/statements', json: {} }), 201);
  for (const id of issued.json<{ ids: string[] }>().ids) {
    const found = await answered(first.send({ path: `/api/statements/${id}` }), 200);
    notes.signed.set(id, found.json<{ statement: { sha256: string } }>().statement.sha256);
  }
}
