import { recordActivity } from '../../identity/index.ts';
import { failCommon, inTx, type Kernel, type Limit, type Locale } from '../../kernel/index.ts';
import type { Craft } from '../../parties/index.ts';
import { campaignBase } from '../faces/faces.ts';
import type { Kind } from '../model.ts';
import { fail } from '../problems.ts';
import { linkHash } from '../signatory/manage-token.ts';
import { lockLink, lockSignatory, type SignatoryRow, useLink } from '../store.ts';
import { handoverConsentVersion } from './handover-consent.ts';
import { fail as failHandover } from './problems.ts';
import { insertHandover, lockHandover, useHandover } from './store-handovers.ts';

/** How long a body has to fetch what it was handed. */
const HANDOVER_MS = 30 * 60_000;

/** The lasting link can be used again and again, and each time a mail may leave. */
const PER_SIGNATORY: Limit = { name: 'campaign-hand-on', per: 8, windowMs: 3_600_000, burst: 4 };

/** To whom: one of `listBodies`, or the licensing face of this instance. */
export type Receiver = { readonly name: string; readonly baseUrl: string };

/** What a body can say that it reads: 1, people alone; 2, organisations too. */
export const HANDOVER_VERSION = 2;

/** What is handed on, and nothing else. */
export type Handover = {
  readonly campaign: string;
  readonly name: string;
  readonly craft: Craft;
  readonly country: string;
  readonly email: string;
  readonly locale: Locale;
  /** When the mailbox was confirmed, ISO 8601. */
  readonly emailConfirmedAt: string;
  /** She came right from confirming; false when she came by the lasting link, which others may hold. */
  readonly justConfirmed: boolean;
  /** From here on of version 2. */
  readonly version?: 2;
  readonly kind?: Kind;
  /** Of organisations: who signed for it, and how many members it says it has. */
  readonly contact?: string | null;
  readonly members?: number | null;
};

/**
 * Hands a signatory on to a licensing body, right after confirming (`accountToken` of `confirmSignature`, once) or from
 * her own page (`signatoryId`). Answers the address at the body where she goes on: it carries a code with which the body
 * fetches her data once within 30 minutes; the address itself says nothing about her.
 * Throws `account-step-over`, `signature-link-unknown`, `signature-not-confirmed`, `handover-consent-outdated`,
 * `too-many-requests`.
 */
export async function handOn(
  k: Kernel,
  about: ({ accountToken: string } | { signatoryId: string }) & {
    to: Receiver;
    locale: Locale;
    /** Of the words she had before her. */
    consentVersion: number;
  },
): Promise<string> {
  const from = await campaignBase(k);
  const code = k.ids.secret();
  const wait = 'signatoryId' in about ? k.limits.take(PER_SIGNATORY, about.signatoryId) : 0;
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
  await inTx(k, async (t) => {
    const now = t.clock.now();
    const row =
      'accountToken' in about
        ? await takeAccountStep(t, about.accountToken)
        : await lockSignatory(t.db, about.signatoryId);
    if (!row) throw fail('signature-link-unknown');
    if (row.state !== 'confirmed' && row.state !== 'held') throw fail('signature-not-confirmed');
    if (about.consentVersion !== handoverConsentVersion(row.kind))
      throw failHandover('handover-consent-outdated');
    await insertHandover(t.db, {
      id: t.ids.id(),
      code_hash: await codeHash(t, code),
      signatory_id: row.id,
      body_name: about.to.name,
      body_url: about.to.baseUrl,
      consent_version: about.consentVersion,
      locale: about.locale,
      just_confirmed: 'accountToken' in about,
      created_at: now,
      expires_at: new Date(now.getTime() + HANDOVER_MS),
      used_at: null,
    });
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.handed-on', subject });
  });
  return `${about.to.baseUrl}/welcome?${new URLSearchParams({ from, code })}`;
}

async function takeAccountStep(t: Kernel, token: string): Promise<SignatoryRow> {
  const found = await lockLink(t.db, await linkHash(t, token), 'account');
  const now = t.clock.now();
  if (!found || found.link.used_at || found.link.superseded_at || found.link.expires_at <= now)
    throw fail('account-step-over');
  await useLink(t.db, found.link.id, now);
  return found.signatory;
}

/**
 * What a body fetches with the code, once. `body` is its own address and must be the one that was chosen; `version` is the
 * newest it reads. A body that takes everybody for a person gets no organisation, and the code stays good.
 * Throws `handover-unknown`, `handover-over`, `handover-needs-newer`.
 */
export async function redeemHandover(
  k: Kernel,
  { code, body, version }: { code: string; body: string; version: number },
): Promise<Handover> {
  const campaign = await campaignBase(k);
  return inTx(k, async (t) => {
    const row = await lockHandover(t.db, await codeHash(t, code));
    if (!row || row.body_url !== body) throw failHandover('handover-unknown');
    const now = t.clock.now();
    const signatory = await lockSignatory(t.db, row.signatory_id);
    const counts = signatory?.state === 'confirmed' || signatory?.state === 'held';
    if (row.used_at || row.expires_at <= now || !counts || !signatory.confirmed_at)
      throw failHandover('handover-over');
    if (version < HANDOVER_VERSION && signatory.kind === 'organisation')
      throw failHandover('handover-needs-newer');
    await useHandover(t.db, row.id, now);
    const { name, craft, country, email, kind } = signatory;
    const emailConfirmedAt = signatory.confirmed_at.toISOString();
    const { locale, just_confirmed: justConfirmed } = row;
    const common = { campaign, name, craft, country, email, locale, emailConfirmedAt, justConfirmed };
    if (version < HANDOVER_VERSION) return common;
    if (kind === 'person') return { ...common, version: HANDOVER_VERSION, kind };
    // Before the second text, organisations agreed to what a person's says.
    const agreed = row.consent_version === handoverConsentVersion(kind);
    const { contact, members } = agreed ? signatory : { contact: null, members: null };
    return { ...common, version: HANDOVER_VERSION, kind, contact, members };
  });
}

function codeHash(k: Kernel, code: string): Promise<string> {
  return k.keys.hmac('campaign-handover', code);
}
