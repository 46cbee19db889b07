import {
  readCompRequest,
  readSignals,
  readTdmPolicy,
  type SignalSource,
  type SignalsQuestion,
  type SourceKind,
} from '@clearway/signals';
import type { OfItems } from '../items-of.ts';

/** A text, or a text with the status it came with, or bytes. */
type File = string | { readonly status?: number; readonly text?: string; readonly base64?: string };

export interface Case extends OfItems {
  readonly id: string;
  readonly kind: 'positive' | 'negative' | 'hostile';
  readonly note: string;
  readonly files: Readonly<Record<string, File>>;
  readonly ask: { readonly do: string; readonly agent: string } & Pick<SignalsQuestion, 'url'> &
    Partial<SignalsQuestion>;
  readonly expect: unknown;
}

const at = '2026-11-22T08:00:00Z';
const kinds: Readonly<Record<string, SourceKind>> = {
  'robots.txt': 'robots',
  'headers.txt': 'headers',
  'page.html': 'html',
  'tdmrep.json': 'tdmrep',
  'policy.json': 'tdm-policy',
  'license.xml': 'rsl',
  'ai.txt': 'ai-txt',
  'file.xmp': 'xmp',
  'package.opf': 'epub-opf',
};

/** Our answer to a case, in the words of its `expect`. */
export async function answer({ files, ask }: Case): Promise<unknown> {
  const { do: what, agent, ...question } = ask;
  if (what === 'comp') {
    const request = readCompRequest(files['request.json'] as string);
    return request ? { usages: request.usages } : null;
  }
  if (what === 'policy') {
    const policy = readTdmPolicy(files['policy.json'] as string);
    if (!policy) return null;
    const { permissions } = policy;
    return {
      duties: permissions.flatMap((one) => one.duties),
      purposes: permissions.flatMap((one) => one.purposes),
    };
  }
  const sources = Object.entries(files).map(([name, file]) => sourceOf(name, file));
  const { records, verdicts } = await readSignals({ ...question, at, sources, agents: [agent] });
  if (what === 'records')
    return { records: records.map((one) => `${one.carrier} ${one.stance} ${one.note ?? ''}`) };
  const [{ fetch, usages }] = verdicts as [(typeof verdicts)[number]];
  const all = Object.entries(usages);
  return {
    fetch,
    outcomes: Object.fromEntries(all.map(([usage, one]) => [usage, one.outcome])),
    usable: all.filter(([, one]) => one.usable).map(([usage]) => usage),
  };
}

function sourceOf(name: string, file: File): SignalSource {
  const { status = 200, text = '', base64 } = typeof file === 'string' ? { text: file } : file;
  const body = base64 === undefined ? text : new Uint8Array(Buffer.from(base64, 'base64'));
  return { kind: kinds[name]!, url: `https://a.example/${name}`, at, status, body };
}
