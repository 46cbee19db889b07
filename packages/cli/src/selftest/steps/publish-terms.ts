import type { Answer, Client } from '../client.ts';
import { expectStatus } from '../play.ts';

/** Keeps a draft made on `version` and publishes it. */
export async function publishTerms(
  client: Client,
  work: string,
  version: number,
  draft: object,
): Promise<Answer> {
  const kept = await client.json('PUT', `/api/works/${work}/terms-draft`, { version, ...draft });
  expectStatus(kept, 200, 'the draft is kept');
  const draftVersion = kept.json<{ version: number }>().version;
  return client.json('POST', `/api/works/${work}/offers`, { draftVersion });
}

/** Search free, fetching for answers at a price per fetch, training only on request. */
export function answersPaid(amountMicro: string) {
  return {
    preset: 'search-free-answers-paid',
    terms: {
      search: { answer: 'free' },
      'ai-index': { answer: 'ask' },
      'ai-input': { answer: 'paid', prices: [{ unit: 'fetch', amountMicro, perUnits: '1' }] },
      'ai-train': { answer: 'ask' },
    },
  };
}

/** Training at a flat price per model version, nothing else. */
export function trainingPaid(amountMicro: string) {
  return {
    preset: 'own',
    terms: {
      search: { answer: 'free' },
      'ai-index': { answer: 'no' },
      'ai-input': { answer: 'no' },
      'ai-train': { answer: 'paid', prices: [{ unit: 'model-version', amountMicro, perUnits: '1' }] },
    },
  };
}
