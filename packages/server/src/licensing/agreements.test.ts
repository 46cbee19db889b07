import { openLicense } from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideConsent, presetTerms, type Terms, withdrawOffer } from '../offers/index.ts';
import { type Company, company } from '../testing/company.ts';
import { answersPaid, ownWork, publish, setUp, sharedWork } from '../testing/offer-terms.ts';
import { type Person, person, register } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { findProof, leavesOf } from '../transparency/index.ts';
import { contestClaim, withdrawWork } from '../works/index.ts';
import {
  acceptQuote,
  allowCompany,
  deniedCompanies,
  denyCompany,
  listAgreements,
  type QuoteInput,
  quote,
  readAgreement,
  readLicense,
  readQuote,
  SIGNING_PURPOSE,
} from './index.ts';

let k: TestKernel;
let ada: Person;
let acme: Company;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  ada = await person(k, 'Ada');
  acme = await company(k);
});
afterAll(() => k.close());

const DAY_MS = 86_400_000;

/** Training at a flat fee, answers at a price for a thousand. */
function trainingPaid(): Terms {
  return {
    ...presetTerms('no-ai'),
    'ai-input': { answer: 'paid', prices: [{ unit: 'answer', amountMicro: '5000', perUnits: '1000' }] },
    'ai-train': {
      answer: 'paid',
      prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
    },
  };
}

function asked(workIds: string[], more: Partial<QuoteInput> = {}): QuoteInput {
  return {
    licenseeId: acme.licenseeId,
    askedBy: `user:${acme.signer.user.id}`,
    workIds,
    use: 'ai-input',
    unit: 'fetch',
    modelScope: null,
    months: 12,
    ...more,
  };
}

const accept = (quoteId: string, by = acme.signer) => acceptQuote(k, { quoteId, userId: by.user.id });
const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('a quote', () => {
  it('has a line for what can be licensed and a reason for what cannot', async () => {
    const paid = await ownWork(k, ada);
    await publish(k, ada, paid, answersPaid());
    const silent = await ownWork(k, ada);
    const refused = await ownWork(k, ada);
    await publish(k, ada, refused, presetTerms('no-ai'));
    const flat = await ownWork(k, ada);
    await publish(k, ada, flat, trainingPaid());
    const { workId: half } = await sharedWork(k, ada);
    await publish(k, ada, half, answersPaid());
    const gone = await ownWork(k, ada);
    await publish(k, ada, gone, answersPaid());
    await withdrawWork(k, { workId: gone, party: ada.party, actor: ada.user.id, reason: '' });
    const taken = await ownWork(k, ada);
    await publish(k, ada, taken, answersPaid());
    await withdrawOffer(k, { workId: taken, partyId: ada.party.id, actor: ada.user.id, reason: '' });
    const disputed = await ownWork(k, ada);
    await publish(k, ada, disputed, answersPaid());
    const rival = await person(k, 'Rival');
    const claim = (
      await sql<{ id: string }>`select id from works.claims where work_id = ${disputed}`.execute(k.db)
    ).rows[0]!;
    await contestClaim(k, {
      workId: disputed,
      claimId: claim.id,
      partyId: rival.party.id,
      actor: rival.user.id,
      reason: 'it is mine',
    });
    const all = [paid, silent, refused, flat, half, gone, taken, disputed, 'nonsense'];
    const made = await quote(k, asked([...all, paid]));
    expect(made.lines).toMatchObject([{ workId: paid, amountMicro: 20_000n, perUnits: 1n, offerVersion: 1 }]);
    expect(made.exclusions.map(({ workId, reason }) => [workId, reason])).toEqual([
      [silent, 'no-terms'],
      [refused, 'use-not-offered'],
      [flat, 'unit-not-offered'],
      [half, 'consent-missing'],
      [gone, 'withdrawn'],
      [taken, 'terms-withdrawn'],
      [disputed, 'on-hold'],
      ['nonsense', 'work-unknown'],
    ]);
    expect(made.expiresAt.getTime() - made.createdAt.getTime()).toBe(14 * DAY_MS);
    expect(await readQuote(k, { quoteId: made.id, licenseeId: acme.licenseeId })).toEqual(made);
    const other = await company(k);
    expect(await codeOf(readQuote(k, { quoteId: made.id, licenseeId: other.licenseeId }))).toBe(
      'quote-unknown',
    );
  });

  it('leaves out a company that a holder refused, until she takes it back', async () => {
    const workId = await ownWork(k, ada);
    await publish(k, ada, workId, answersPaid());
    const deny = { holderId: ada.party.id, licenseeId: acme.licenseeId, actor: ada.user.id };
    await denyCompany(k, deny);
    expect((await quote(k, asked([workId]))).exclusions).toMatchObject([{ reason: 'company-denied' }]);
    expect((await deniedCompanies(k, ada.party.id)).map(({ party }) => party.id)).toEqual([acme.licenseeId]);
    await allowCompany(k, deny);
    expect((await quote(k, asked([workId]))).lines).toHaveLength(1);
    expect(await codeOf(denyCompany(k, { ...deny, licenseeId: ada.party.id }))).toBe('company-unknown');
  });

  it('needs a unit of the use, and the model version where that is the unit', async () => {
    expect(await codeOf(quote(k, asked(['x'], { use: 'ai-train', unit: 'fetch' })))).toBe(
      'unit-not-for-license',
    );
    expect(await codeOf(quote(k, asked(['x'], { use: 'ai-train', unit: 'model-version' })))).toBe(
      'model-scope-needed',
    );
  });
});

describe('an agreement', () => {
  it('pins version, hash, price and consents, is signed, logged, and never changes', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, trainingPaid());
    await decideConsent(k, {
      offerId: offer.id,
      partyId: other.party.id,
      actor: other.user.id,
      decisions: [
        { use: 'ai-input', answer: 'yes' },
        { use: 'ai-train', answer: 'yes' },
      ],
    });
    const modelScope = { kind: 'sealed', commitment: 'ab'.repeat(32) } as const;
    const made = await quote(k, asked([workId], { use: 'ai-train', unit: 'model-version', modelScope }));
    const { agreement, works } = await accept(made.id);
    expect(works).toMatchObject([
      { offerId: offer.id, offerVersion: 1, offerSha256: offer.sha256, amountMicro: 250_000_000n },
    ]);
    expect(works[0]!.consents.map(({ party, sharePpm }) => [party, sharePpm]).sort()).toEqual(
      [
        [ada.party.id, 600_000],
        [other.party.id, 400_000],
      ].sort(),
    );
    const key = await k.keys.signing(SIGNING_PURPOSE);
    const license = await openLicense(agreement.document, (kid) =>
      kid === key.kid ? key.publicKey : undefined,
    );
    expect(license).toMatchObject({
      agreement: agreement.id,
      licensee: { id: acme.licenseeId, country: 'FR' },
      uses: ['ai-train'],
      modelScope: `sha256:${'ab'.repeat(32)}`,
      declarations: { noReleaseOfPastClaims: true, admitsNothing: true },
      works: [{ offerSha256: offer.sha256 }],
    });
    const [leaf] = await leavesOf(k, `agreement:${agreement.id}`);
    const proof = await findProof(k, leaf!.id);
    expect(proof).toMatchObject({ type: 'agreement-made', record: { document: agreement.documentSha256 } });
    expect(JSON.stringify(proof!.record)).not.toContain(acme.signer.user.name);
    expect((await readLicense(k, agreement.secret)).agreement.id).toBe(agreement.id);
    expect(agreement.secret).toHaveLength(43);
    expect(await codeOf(readLicense(k, 'x'.repeat(43)))).toBe('agreement-unknown');

    // A newer version touches nothing that runs.
    await publish(k, ada, workId, presetTerms('no-ai'));
    const later = await readAgreement(k, { agreementId: agreement.id, licenseeId: acme.licenseeId });
    expect(later).toEqual({ agreement, works });
    for (const attempt of [
      sql`update licensing.agreements set use = 'ai-index'`,
      sql`delete from licensing.agreement_works`,
      sql`truncate licensing.agreements cascade`,
    ]) {
      await expect(attempt.execute(k.db)).rejects.toThrow('never changes');
    }
    expect((await listAgreements(k, { licenseeId: acme.licenseeId }))[0]?.id).toBe(agreement.id);
  });

  it('is made once when two accept at the same moment', async () => {
    const workId = await ownWork(k, ada);
    await publish(k, ada, workId, answersPaid());
    const { id } = await quote(k, asked([workId]));
    const done = await Promise.all([1, 2, 3, 4].map(() => codeOf(accept(id))));
    expect(done.sort()).toEqual(['done', 'quote-accepted', 'quote-accepted', 'quote-accepted']);
    const rows = await sql`select 1 from licensing.agreements where quote_id = ${id}`.execute(k.db);
    expect(rows.rows).toHaveLength(1);
  });

  it('is not made of a quote that is old, empty, changed, or somebody else’s', async () => {
    const workId = await ownWork(k, ada);
    await publish(k, ada, workId, answersPaid());
    const made = await quote(k, asked([workId]));
    expect(await codeOf(accept(made.id, ada))).toBe('not-a-signer');
    expect(await codeOf(accept('nonsense'))).toBe('quote-unknown');
    const empty = await quote(k, asked(['nonsense']));
    expect(await codeOf(accept(empty.id))).toBe('quote-empty');
    await publish(k, ada, workId, answersPaid('30000'));
    expect(await codeOf(accept(made.id))).toBe('quote-outdated');
    const own = await quote(k, {
      ...asked([workId]),
      licenseeId: ada.party.id,
    });
    expect(await codeOf(accept(own.id, ada))).toBe('licensee-needed');
    const fresh = await quote(k, asked([workId]));
    k.clock.advance(14 * DAY_MS);
    expect(await codeOf(accept(fresh.id))).toBe('quote-expired');
    const third = await quote(k, asked([workId]));
    await denyCompany(k, { holderId: ada.party.id, licenseeId: acme.licenseeId, actor: ada.user.id });
    expect(await codeOf(accept(third.id))).toBe('quote-outdated');
    await allowCompany(k, { holderId: ada.party.id, licenseeId: acme.licenseeId, actor: ada.user.id });
    await accept(third.id);
  });

  it('is possible for a work nobody ever quoted before it was registered', async () => {
    const { work } = await register(k, ada, {});
    expect((await quote(k, asked([work.id]))).exclusions).toMatchObject([{ reason: 'authority-unsure' }]);
  });
});
