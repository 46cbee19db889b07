import { exportPrivateKey, generateKeyPair, toBase64 } from '@clearway/protocol';
import { inTx, type Kernel } from '../kernel/index.ts';
import { topUp } from '../ledger/index.ts';
import { acceptQuote, createClient, quote, SIGNING_PURPOSE } from '../licensing/index.ts';
import { registerGate } from '../sites/index.ts';
import { company } from './company.ts';
import { answersPaid, publish, setUp } from './offer-terms.ts';
import { provenSite, workAt } from './proven-site.ts';
import { person } from './register-works.ts';

/** All a licensed crawler and a gate need to begin. */
export type CrawlWorld = {
  readonly siteId: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** One for each folder of the site. */
  readonly agreements: readonly { readonly folder: string; readonly id: string }[];
  /** Content of a gate's key file. */
  readonly gateKey: {
    readonly gate: string;
    readonly site: string;
    readonly secret: string;
    readonly privateKey: string;
    readonly trust: { readonly [kid: string]: string };
  };
  readonly gatePublicKey: Uint8Array;
};

/** An instance, a site with a work in each folder, a company with money that agreed to each of them, and a gate. */
export async function crawlWorld(
  k: Kernel,
  origin: string,
  folders: readonly string[] = ['/p/', '/q/'],
): Promise<CrawlWorld> {
  await setUp(k);
  const holder = await person(k, 'Ada');
  const site = await provenSite(k, holder, `${origin}/`);
  const { licenseeId, signer } = await company(k);
  const made = await createClient(k, { licenseeId, userId: signer.user.id, name: 'Crawler' });
  const agreements = [];
  for (const folder of folders) {
    const workId = await workAt(k, holder, `${origin}${folder}`);
    await publish(k, holder, workId, answersPaid('20'));
    const terms = { use: 'ai-input', unit: 'fetch', modelScope: null, months: 12 } as const;
    const asked = await quote(k, {
      licenseeId,
      askedBy: `user:${signer.user.id}`,
      workIds: [workId],
      ...terms,
    });
    const { agreement } = await acceptQuote(k, { quoteId: asked.id, userId: signer.user.id });
    agreements.push({ folder, id: agreement.id });
  }
  const money = { currency: 'EUR', amountMicro: 1_000_000_000n, reference: 'bank-1' };
  await inTx(k, (t) => topUp(t, { partyId: licenseeId, ...money }));
  const pair = await generateKeyPair();
  const { gate, secret } = await registerGate(k, {
    siteId: site.id,
    partyId: site.partyId,
    name: 'front',
    publicKey: toBase64(pair.publicKey),
    actor: holder.user.id,
  });
  const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  return {
    siteId: site.id,
    client: { id: made.client.id, secret: made.secret },
    agreements,
    gateKey: {
      gate: gate.id,
      site: site.id,
      secret,
      privateKey: toBase64(await exportPrivateKey(pair.privateKey)),
      trust: { [kid]: toBase64(publicKey) },
    },
    gatePublicKey: pair.publicKey,
  };
}
