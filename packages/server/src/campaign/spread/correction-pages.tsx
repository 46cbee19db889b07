import { requireOperator } from '../../identity/index.ts';
import { createRouter, formFields, type HttpContext, Problem, type Router } from '../../kernel/index.ts';
import { Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { Corrections } from './press-pages.tsx';
import { spreadText } from './spread-messages.ts';
import { listCorrections, writeCorrection } from './write-correction.ts';

const HERE = '/operator/campaign/corrections';

/** `/operator/campaign/corrections`: what the press page says was corrected, and one more entry. */
export function correctionPages(): Router {
  const router = createRouter();
  router.get(HERE, (c) => page(c, {}));
  router.post(HERE, async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    const text = (name: string) => String(fields[name] ?? '');
    try {
      await writeCorrection(c.get('k'), {
        happenedOn: text('happenedOn'),
        en: text('en'),
        de: text('de'),
        change: text('change'),
        by,
      });
    } catch (error) {
      if (error instanceof Problem) return page(c, fields, error);
      throw error;
    }
    return c.redirect(HERE, 303);
  });
  return router;
}

async function page(c: HttpContext, values: FormValues, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const text = spreadText(locale).correct;
  const value = (name: string) => String(values[name] ?? '');
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{deskText(locale).desk.back}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <Corrections locale={locale} corrections={await listCorrections(c.get('k'))} />
      <h2>{text.add}</h2>
      <form method="post" action={HERE}>
        <Field name="happenedOn" label={text.day} value={value('happenedOn')} required maxLength={10} />
        <Field name="en" label={text.en} value={value('en')} rows={3} required lang="en" maxLength={1_000} />
        <Field name="de" label={text.de} value={value('de')} rows={3} required lang="de" maxLength={1_000} />
        <Field
          name="change"
          label={text.change}
          hint={text.changeHint}
          value={value('change')}
          inputMode="numeric"
          maxLength={9}
        />
        <button type="submit">{text.add}</button>
      </form>
    </>,
  );
}
