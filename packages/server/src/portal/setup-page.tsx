import { recordActivity, requireOperator } from '../identity/index.ts';
import {
  checkFields,
  createRouter,
  failCommon,
  formFields,
  type HttpContext,
  instanceSchema,
  inTx,
  Problem,
  type Router,
  readInstance,
  saveInstance,
} from '../kernel/index.ts';
import { Choices, Field, issueText, Notice, ProblemNotice, renderPage } from '../web/index.ts';
import { portalText } from './messages.ts';
import { setupForm, toFormValues, toInstance } from './read-setup.ts';

type Values = { readonly [field: string]: string | string[] | undefined };

/** `/operator/setup`: who runs this instance and how. */
export function setupPage(): Router {
  const router = createRouter();
  router.get('/operator/setup', async (c) => {
    await requireOperator(c);
    return render(
      c,
      toFormValues(await readInstance(c.get('k')), c.get('k').site.baseUrl),
      undefined,
      c.req.query('saved') !== undefined,
    );
  });
  router.post('/operator/setup', async (c) => {
    const user = await requireOperator(c);
    const fields = await formFields(c);
    try {
      const form = checkFields(setupForm, fields);
      const instance = checkFields(instanceSchema, toInstance(form));
      await inTx(c.get('k'), async (t) => {
        if (!(await saveInstance(t, instance, form.version))) throw failCommon('changed-meanwhile');
        await recordActivity(t, {
          actor: user.id,
          action: 'instance.set-up',
          subject: 'instance',
          detail: { name: instance.name },
        });
      });
      return c.redirect('/operator/setup?saved', 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, fields, error);
      throw error;
    }
  });
  return router;
}

function render(c: HttpContext, values: Values, problem?: Problem, saved = false) {
  const locale = c.get('locale');
  const text = portalText(locale).setup;
  const errors = new Map(
    ((problem?.fields.errors ?? []) as { path: string; message: string }[]).map((e) => [
      e.path,
      issueText(locale, e.message),
    ]),
  );
  const field = (name: string) => ({
    name,
    value: String(values[name] ?? ''),
    error: errors.get(name),
    required: true,
  });
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      {saved && (
        <Notice tone="good">
          <p>{text.saved}</p>
          <p>
            <a href="/operator/legal">{text.next}</a>
          </p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">{text.intro}</p>
      <p class="hint">{text.legal}</p>
      <form method="post" action="/operator/setup">
        <input type="hidden" name="version" value={String(values.version ?? '0')} />
        <Field {...field('name')} label={text.name} maxLength={120} />
        <Field
          {...field('baseUrl')}
          label={text.baseUrl}
          hint={text.baseUrlHint}
          type="url"
          maxLength={300}
          required={false}
        />
        <h2>{text.operatorHeading}</h2>
        <Field
          {...field('operatorName')}
          label={text.operatorName}
          maxLength={200}
          autocomplete="organization"
        />
        <Field {...field('legalForm')} label={text.legalForm} hint={text.legalFormHint} maxLength={120} />
        <Choices
          name="role"
          legend={text.role}
          value={String(values.role ?? 'agent')}
          required
          options={[
            { value: 'agent', label: text.agent, hint: text.agentHint },
            { value: 'principal', label: text.principal, hint: text.principalHint },
            { value: 'society', label: text.society, hint: text.societyHint },
          ]}
        />
        <Field {...field('imprint')} label={text.imprint} hint={text.imprintHint} rows={5} maxLength={4000} />
        <Field {...field('privacyNotice')} label={text.privacyNotice} rows={8} maxLength={20_000} />
        <Field
          {...field('complaintsContact')}
          label={text.complaints}
          hint={text.complaintsHint}
          maxLength={300}
        />
        <h2>{text.booksHeading}</h2>
        <Field {...field('fee')} label={text.fee} hint={text.feeHint} inputMode="decimal" maxLength={9} />
        <Field {...field('currency')} label={text.currency} hint={text.currencyHint} maxLength={3} />
        <Field {...field('zone')} label={text.zone} hint={text.zoneHint} maxLength={60} />
        <button type="submit">{text.save}</button>
      </form>
    </>,
  );
}
