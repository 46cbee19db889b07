import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { handoverText } from './handover-messages.ts';
import { addBody, bodySchema, listBodies, removeBody } from './licensing-bodies.ts';

const PATH = '/operator/campaign/bodies';

/** `/operator/campaign/bodies`: to whom signatories can go on. */
export function bodiesPage(): Router {
  const router = createRouter();
  router.get(PATH, (c) => page(c, {}));
  router.post(PATH, async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    try {
      if (fields.action === 'remove')
        await removeBody(c.get('k'), { ...checkFields(z.object({ id: z.uuid() }), fields), by });
      else await addBody(c.get('k'), { ...checkFields(bodySchema, fields), by });
    } catch (error) {
      if (error instanceof Problem) return page(c, fields, error);
      throw error;
    }
    return c.redirect(`${PATH}?done`, 303);
  });
  return router;
}

async function page(c: HttpContext, values: { [name: string]: unknown }, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const text = handoverText(locale).bodies;
  const bodies = await listBodies(c.get('k'));
  const value = (name: string) => ({ name, value: String(values[name] ?? ''), required: true });
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      {bodies.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <Table
          caption={text.title}
          head={[text.name, text.baseUrl, text.about, '']}
          rows={bodies.map((one) => [
            one.name,
            one.baseUrl,
            one.about[locale],
            <ActionForm action={PATH} label={text.remove}>
              <input type="hidden" name="action" value="remove" />
              <input type="hidden" name="id" value={one.id} />
            </ActionForm>,
          ])}
        />
      )}
      <form method="post" action={PATH}>
        <Field {...value('name')} label={text.name} maxLength={120} />
        <Field
          {...value('baseUrl')}
          label={text.baseUrl}
          hint={text.baseUrlHint}
          type="url"
          maxLength={300}
        />
        <Field {...value('aboutEn')} label={text.aboutEn} lang="en" maxLength={300} />
        <Field {...value('aboutDe')} label={text.aboutDe} lang="de" maxLength={300} />
        <p>
          <button type="submit" name="action" value="add">
            {text.add}
          </button>
        </p>
      </form>
    </>,
  );
}
