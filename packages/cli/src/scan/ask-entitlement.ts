/** What the instance says of a work: may this company use it so? */
export type Entitlement = {
  readonly state: 'licensed' | 'licensable' | 'reserved' | 'on-hold' | 'unknown';
  readonly agreementId?: string | undefined;
  readonly reason?: string | undefined;
  readonly price?:
    | {
        readonly amountMicro: string;
        readonly perUnits: string;
        readonly unit: string;
        readonly currency: string;
      }
    | undefined;
};

/** Who asks: an OAuth client of the company. */
export type AskingClient = { readonly id: string; readonly secret: string };

const BATCH = 1_000;

/**
 * Asks the instance about works, by their ids alone: nothing of the dataset leaves the machine. Throws with the
 * problem's sentence and cure where the instance refuses.
 */
export async function askEntitlements(options: {
  fetch: typeof globalThis.fetch;
  instance: string;
  client: AskingClient;
  use: string;
  works: readonly string[];
}): Promise<Map<string, Entitlement>> {
  const { fetch, instance, client, use, works } = options;
  const basic = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`);
  const found = new Map<string, Entitlement>();
  for (let at = 0; at < works.length; at += BATCH) {
    const asked = works.slice(at, at + BATCH);
    const answer = await fetch(new URL('/api/entitlements', instance).href, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${basic.toString('base64')}`,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      body: JSON.stringify({ use, works: asked }),
    });
    if (!answer.ok) throw new Error(`${instance} does not say what is licensed: ${await problemOf(answer)}`);
    const body = (await answer.json()) as { entitlements: (Entitlement & { work: string })[] };
    for (const { work, ...entitlement } of body.entitlements) found.set(work, entitlement);
  }
  return found;
}

async function problemOf(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { title, cure } = JSON.parse(text) as { title?: string; cure?: string };
    if (title) return `${title} ${cure ?? ''}`.trim();
  } catch {}
  return `status ${answer.status}`;
}
