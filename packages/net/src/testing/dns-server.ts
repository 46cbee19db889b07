import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';

/** Answers of one name: a list of values, or `{ sequence }` for one list per query, the last of which stays. */
export type ZoneAnswers = readonly string[] | { readonly sequence: readonly (readonly string[])[] };

/** The records of one name. */
export type ZoneEntry = { readonly A?: ZoneAnswers; readonly AAAA?: ZoneAnswers; readonly TXT?: ZoneAnswers };

/** Names (lower case, no trailing dot) and their records; change it while the server runs. */
export type DnsZone = Map<string, ZoneEntry>;

/** One question the server was asked. */
export type DnsQuery = { readonly name: string; readonly type: string };

/** A running server; `address` (`127.0.0.1:port`) goes to `createResolver({ servers })`. */
export type DnsServer = {
  readonly address: string;
  readonly zone: DnsZone;
  readonly queries: readonly DnsQuery[];
  stop(): Promise<void>;
};

type RecordType = keyof ZoneEntry;
const TYPE_NUMBERS = new Map<number, RecordType>([
  [1, 'A'],
  [16, 'TXT'],
  [28, 'AAAA'],
]);

/**
 * A DNS server on a free UDP port of 127.0.0.1, for tests and the selftest. It answers A, AAAA and TXT from `zone`; other
 * names do not exist (RFC 1035, one question per query, no compression beyond the question's name, no TCP).
 *
 * @example
 * const dns = await startDnsServer(new Map([['_clearway.example.org', { TXT: ['clearway=abc'] }]]));
 * const resolver = createResolver({ servers: [dns.address] });
 * await dns.stop();
 */
export async function startDnsServer(zone: DnsZone = new Map()): Promise<DnsServer> {
  const queries: DnsQuery[] = [];
  // Counted per sequence object, so that a changed zone starts anew.
  const asked = new WeakMap<object, number>();
  const socket = createSocket('udp4');
  socket.on('message', (message: Buffer, from: RemoteInfo) => {
    const question = readQuestion(message);
    if (question === undefined) return;
    queries.push({ name: question.name, type: question.type ?? 'other' });
    const entry = zone.get(question.name);
    const answers = question.type === undefined ? undefined : entry?.[question.type];
    const values = answers === undefined ? [] : currentValues(answers, asked);
    const data = question.type === undefined ? [] : values.map((value) => recordData(question.type!, value));
    socket.send(writeResponse(message, question, data, entry !== undefined), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    zone,
    queries,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function currentValues(answers: ZoneAnswers, asked: WeakMap<object, number>): readonly string[] {
  if (!('sequence' in answers)) return answers;
  const turn = asked.get(answers) ?? 0;
  asked.set(answers, turn + 1);
  return answers.sequence[Math.min(turn, answers.sequence.length - 1)] ?? [];
}

type Question = {
  readonly name: string;
  readonly type: RecordType | undefined;
  readonly typeNumber: number;
  readonly end: number;
};

function readQuestion(message: Buffer): Question | undefined {
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63 || at + length >= message.length) return undefined;
    at += 1;
    if (length === 0) break;
    labels.push(message.toString('latin1', at, at + length));
    at += length;
  }
  if (at + 4 > message.length) return undefined;
  const typeNumber = message.readUInt16BE(at);
  return {
    name: labels.join('.').toLowerCase(),
    type: TYPE_NUMBERS.get(typeNumber),
    typeNumber,
    end: at + 4,
  };
}

function recordData(type: RecordType, value: string): Buffer {
  if (type !== 'TXT') return Buffer.from(ipaddr.parse(value).toByteArray());
  const bytes = Buffer.from(value, 'utf8');
  const strings: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 255) {
    const part = bytes.subarray(at, at + 255);
    strings.push(Buffer.from([part.length]), part);
  }
  return Buffer.concat(strings);
}

function writeResponse(
  query: Buffer,
  question: Question,
  records: readonly Buffer[],
  exists: boolean,
): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  // QR, AA, RD, RA; response code 3 is "no such name".
  header.writeUInt16BE(0x8580 | (exists ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const answers = records.map((data) => {
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xc00c, 0);
    head.writeUInt16BE(question.typeNumber, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, query.subarray(12, question.end), ...answers]);
}
