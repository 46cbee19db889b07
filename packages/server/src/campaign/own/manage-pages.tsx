import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  cleanText,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Empty, Notice, renderPage } from '../../web/index.ts';
import { checkLinkBack } from '../checks/check-link-back.ts';
import { sendEvidence } from '../checks/send-evidence.ts';
import { takeVouchBack } from '../checks/take-check-back.ts';
import { vouchFor } from '../checks/vouch-for.ts';
import { agreeToVersion } from '../declaration/agree-to-version.ts';
import { deskText } from '../desk-messages.ts';
import { campaignName, GoOn, receiversFrom } from '../handover/go-on-page.tsx';
import { campaignText } from '../messages.ts';
import type { Signature } from '../model.ts';
import { endPartnerConsent } from '../partners/end-partner-consent.ts';
import { fail } from '../problems.ts';
import { takeOver } from '../roster/take-over.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { toValues } from '../signing/confirm-page.tsx';
import { signatureByToken, signatureOfUser } from '../signing/find-signature.ts';
import { correctionForm, takeOverForm } from '../signing/read-sign-form.ts';
import { sendAccountLink } from '../signing/send-account-link.ts';
import { correctSignature } from './correct-signature.ts';
import { eraseSignature } from './erase-signature.ts';
import { exportSignature } from './export-signature.ts';
import { ownChecks } from './own-checks.tsx';
import { ownSource } from './own-source.tsx';
import { type GoOnProps, SignatureView } from './signature-view.tsx';
import { withdrawSignature } from './withdraw-signature.ts';

/** Whose signature a request is about; undefined when the person signed in has none. */
type Find = (c: HttpContext) => Promise<Signature | undefined>;

/** A person's own page: `/s/…` from the mail, `/me/signature` for those signed in. */
export function managePages(): Router {
  const router = createRouter();
  manage(router, '/s/:token', (c) => signatureByToken(c.get('k'), c.req.param('token') ?? ''), false);
  const mine: Find = async (c) => signatureOfUser(c.get('k'), (await requireUser(c)).id);
  manage(router, '/me/signature', mine, true);
  return router;
}

function manage(router: Router, path: string, find: Find, signedIn: boolean): void {
  router.get(path, async (c) => {
    const signature = await find(c);
    return signature ? show(c, signature, signedIn, toValues(signature)) : none(c);
  });

  router.get(`${path}/export`, async (c) => {
    const signature = await find(c);
    if (!signature) throw fail('signature-link-unknown');
    const document = await exportSignature(c.get('k'), signature.id);
    return c.body(`${JSON.stringify(document, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="my-signature.json"',
      'Cache-Control': 'no-store',
    });
  });

  router.post(path, async (c) => {
    const fields = await formFields(c);
    const signature = await find(c);
    if (!signature) throw fail('signature-link-unknown');
    try {
      const done = await act(c, signature, fields);
      if (done === 'erased') return erased(c);
      return c.redirect(`${c.req.path}?done=${done}`, 303);
    } catch (error) {
      if (error instanceof Problem)
        return show(c, signature, signedIn, { ...toValues(signature), ...fields }, error);
      throw error;
    }
  });
}

type Done = 'saved' | 'withdrawn' | 'linkSent' | 'erased' | 'checked' | 'evidence';

const evidenceForm = z.object({ words: cleanText(2_000).refine((text) => text !== '', 'must not be empty') });

async function act(c: HttpContext, { id }: Signature, fields: FormValues): Promise<Done> {
  const k = c.get('k');
  switch (fields.action) {
    case 'withdraw':
      await withdrawSignature(k, id);
      return 'withdrawn';
    case 'erase':
      await eraseSignature(k, id);
      return 'erased';
    case 'never':
      await eraseSignature(k, id, 'never');
      return 'erased';
    case 'account':
      await sendAccountLink(k, id);
      return 'linkSent';
    case 'agree':
      await agreeToVersion(k, { signatoryId: id, version: Number(fields.version) });
      return 'checked';
    case 'take-over':
      await takeOver(k, { signatoryId: id, ...checkFields(takeOverForm, fields) });
      return 'saved';
    case 'link-back':
      await checkLinkBack(k, { signatoryId: id, url: String(fields.url ?? '') });
      return 'checked';
    case 'partner-consent-end':
      await endPartnerConsent(k, id);
      return 'saved';
    case 'vouch':
      await vouchFor(k, { voucherId: id, entry: String(fields.entry ?? '') });
      return 'checked';
    case 'vouch-back':
      await takeVouchBack(k, {
        voucherId: id,
        checkId: String(fields.check ?? ''),
        reason: String(fields.reason ?? ''),
      });
      return 'saved';
    case 'evidence':
      await sendEvidence(k, { signatoryId: id, ...checkFields(evidenceForm, fields) });
      return 'evidence';
    default:
      await correctSignature(k, id, checkFields(correctionForm, fields));
      return 'saved';
  }
}

async function show(
  c: HttpContext,
  signature: Signature,
  signedIn: boolean,
  values: FormValues,
  problem?: Problem,
) {
  const locale = c.get('locale');
  const text = campaignText(locale).manage;
  const done = c.req.query('done');
  const mine = deskText(locale).mine;
  const words: { readonly [done: string]: string } = {
    saved: text.saved,
    withdrawn: text.withdrawn,
    linkSent: text.linkSent,
    checked: mine.done,
    evidence: mine.evidenceSent,
  };
  const said = done === undefined ? undefined : words[done];
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{text.title}</h1>
      {said && !problem && (
        <Notice tone="good">
          <p>{said}</p>
        </Notice>
      )}
      <SignatureView
        locale={locale}
        signature={signature}
        path={c.req.path}
        signedIn={signedIn}
        values={values}
        problem={problem}
        goOn={await goOn(c, signature, signedIn)}
        checks={
          <>
            {await ownSource(c, signature)}
            {await ownChecks(c, signature)}
          </>
        }
      />
    </>,
  );
}

function none(c: HttpContext) {
  const text = campaignText(c.get('locale'));
  return renderPage(
    c,
    { title: text.manage.title },
    <>
      <h1>{text.manage.title}</h1>
      <Empty title={text.manage.noneTitle}>
        <p>{text.manage.noneText}</p>
        <p>
          <a class="button" href="/sign">
            {text.declaration.sign}
          </a>
        </p>
      </Empty>
    </>,
  );
}

function erased(c: HttpContext) {
  const text = campaignText(c.get('locale')).manage;
  return renderPage(
    c,
    { title: text.erasedTitle },
    <>
      <h1>{text.erasedTitle}</h1>
      <Notice tone="good">
        <p>{text.erasedText}</p>
      </Notice>
      <p class="hint">{text.two}</p>
    </>,
  );
}

/** What leads on from here: an account on this host, or bodies elsewhere. */
async function goOn(c: HttpContext, { state, kind }: Signature, signedIn: boolean): Promise<GoOnProps> {
  const here = (await c.get('face')()).shows !== 'campaign';
  const token = c.req.param('token');
  if (signedIn || token === undefined || state !== 'confirmed') return { here, elsewhere: null };
  const [campaign, to] = [await campaignName(c), await receiversFrom(c)];
  const elsewhere = (
    <GoOn locale={c.get('locale')} campaign={campaign} to={to} who={{ manageToken: token }} kind={kind} />
  );
  return { here, elsewhere };
}
