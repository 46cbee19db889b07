import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { countryOptions } from '../../parties/index.ts';
import { Field, issueText, Notice, ProblemNotice, renderPage, Select } from '../../web/index.ts';
import { accountSchema, bankAccount, saveBankAccount } from '../bank-account.ts';
import { bankText } from '../messages.ts';

type Typed = { readonly [name: string]: string | string[] | undefined };

/** `/operator/bank-account`: the account of the instance. */
export function accountPage(): Router {
  const router = createRouter();
  router.get('/operator/bank-account', async (c) => {
    await requireOperator(c);
    const account = await bankAccount(c.get('k'));
    const { address, ...rest } = account ?? { address: {} };
    return show(c, { ...rest, ...address }, undefined, c.req.query('saved') !== undefined);
  });
  router.post('/operator/bank-account', async (c) => {
    const user = await requireOperator(c);
    const typed = await formFields(c);
    const { streetName, buildingNumber, postCode, townName, country, ...rest } = typed;
    const address = { streetName, buildingNumber, postCode, townName, country };
    try {
      const account = checkFields(accountSchema, { ...rest, address });
      await saveBankAccount(c.get('k'), { account, actor: user.id });
      return c.redirect('/operator/bank-account?saved', 303);
    } catch (error) {
      if (error instanceof Problem) return show(c, typed, error);
      throw error;
    }
  });
  return router;
}

function show(c: HttpContext, typed: Typed, problem?: Problem, saved = false) {
  const locale = c.get('locale');
  const text = bankText(locale).account;
  const errors = new Map(
    ((problem?.fields.errors ?? []) as { path: string; message: string }[]).map(({ path, message }) => [
      path.replace(/^address\./, ''),
      issueText(locale, message),
    ]),
  );
  const field = (name: string) => ({
    name,
    value: String(typed[name] ?? ''),
    error: errors.get(name),
  });
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      {saved && (
        <Notice tone="good">
          <p>{text.saved}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">{text.intro}</p>
      <form method="post" action="/operator/bank-account">
        <Field {...field('name')} label={text.name} hint={text.nameHint} maxLength={70} required />
        <Field {...field('iban')} label={text.iban} maxLength={60} required />
        <Field {...field('bic')} label={text.bic} hint={text.bicHint} maxLength={20} />
        <h2>{text.address}</h2>
        <p class="hint">{text.addressHint}</p>
        <Field {...field('streetName')} label={text.streetName} maxLength={70} />
        <Field {...field('buildingNumber')} label={text.buildingNumber} maxLength={16} />
        <Field {...field('postCode')} label={text.postCode} maxLength={16} />
        <Field {...field('townName')} label={text.townName} maxLength={35} required />
        <Select
          name="country"
          label={text.country}
          options={countryOptions(locale)}
          value={String(typed.country ?? '')}
          empty=""
          required
        />
        <button type="submit" class="main">
          {text.save}
        </button>
      </form>
    </>,
  );
}
