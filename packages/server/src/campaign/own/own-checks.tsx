import type { HttpContext, Locale } from '../../kernel/index.ts';
import { Field } from '../../web/index.ts';
import { entryUrl } from '../checks/check-link-back.ts';
import { checkText } from '../checks/check-messages.ts';
import { versionToAgree } from '../declaration/agree-to-version.ts';
import { deskText } from '../desk-messages.ts';
import type { Signature } from '../model.ts';
import { Checks } from '../roster/basis-view.tsx';
import { checksOf } from '../wall/show-entry.ts';
import { endedChecks, givenVouches } from './ended-checks.tsx';

/** On a person's own page: a new text to agree to, what is checked, and how to have more checked. */
export async function ownChecks(c: HttpContext, signature: Signature) {
  if (signature.state !== 'confirmed' && signature.state !== 'held') return null;
  const [k, locale, path] = [c.get('k'), c.get('locale'), c.req.path];
  const text = deskText(locale).mine;
  const checks = await checksOf(k, signature.id);
  const version = await versionToAgree(k, signature);
  const vouches = signature.kind === 'organisation' && checks.some(({ method }) => method !== 'vouch');
  const link = `<a rel="me" href="${await entryUrl(k, signature.id)}">${signature.name.replace(/[<>&"]/g, '')}</a>`;
  return (
    <>
      {version !== undefined && <Agree locale={locale} path={path} version={version} />}
      <h2>{text.title}</h2>
      <p>{text.intro}</p>
      <Checks locale={locale} signature={signature} checks={checks} />
      {checks.length > 0 && <p class="hint">{checkText(locale).mine.rename}</p>}
      {await endedChecks(c, signature)}
      <details>
        <summary>{text.link}</summary>
        <p>{text.linkHint}</p>
        <pre>{link}</pre>
        <form method="post" action={path}>
          <Field name="url" type="url" label={text.url} required maxLength={2_000} />
          <button type="submit" name="action" value="link-back" class="quiet">
            {text.linkButton}
          </button>
        </form>
      </details>
      {vouches && (
        <details>
          <summary>{text.vouch}</summary>
          <p>{text.vouchHint}</p>
          <form method="post" action={path}>
            <Field name="entry" label={deskText(locale).desk.entry} required maxLength={500} />
            <button type="submit" name="action" value="vouch" class="quiet">
              {text.vouchButton}
            </button>
          </form>
        </details>
      )}
      {signature.kind === 'organisation' && (await givenVouches(c, signature))}
      <details>
        <summary>{text.evidence}</summary>
        <form method="post" action={path}>
          <Field
            name="words"
            label={text.evidence}
            hint={text.evidenceHint}
            rows={5}
            required
            maxLength={2_000}
          />
          <button type="submit" name="action" value="evidence" class="quiet">
            {text.evidenceButton}
          </button>
        </form>
      </details>
    </>
  );
}

function Agree({ locale, path, version }: { locale: Locale; path: string; version: number }) {
  const text = deskText(locale).mine;
  return (
    <section class="question" aria-labelledby="agree">
      <h2 id="agree">{text.agreeTitle(version)}</h2>
      <p>
        {text.agreeText} <a href="/declaration">{text.agreeRead}</a>
      </p>
      <form method="post" action={path}>
        <input type="hidden" name="version" value={String(version)} />
        <button type="submit" name="action" value="agree">
          {text.agreeButton}
        </button>
      </form>
    </section>
  );
}
