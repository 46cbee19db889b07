import { z } from 'zod';
import {
  ACCENTS,
  type Faces,
  facesSchema,
  failHandover,
  RUNS,
  readFaces,
  saveFaces,
} from '../../campaign/index.ts';
import { recordActivity, requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  failCommon,
  formFields,
  type HttpContext,
  inTx,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Choices, Field, issueText, Notice, ProblemNotice, renderPage, Select } from '../../web/index.ts';
import { facesText } from './messages.ts';

type Values = { readonly [field: string]: string | string[] | undefined };

const form = z.object({ version: z.coerce.number().int().min(0) }).catchall(z.unknown());

/** `/operator/faces`: what runs here, under which names, and which campaigns may send people. */
export function facesPage(): Router {
  const router = createRouter();
  router.get('/operator/faces', async (c) => {
    await requireOperator(c);
    const { faces, version } = await readFaces(c.get('k'));
    return render(c, toValues(faces, version), undefined, c.req.query('saved') !== undefined);
  });
  router.post('/operator/faces', async (c) => {
    const user = await requireOperator(c);
    const fields = await formFields(c);
    try {
      const { version } = checkFields(form, fields);
      const faces = checkFields(facesSchema, toFaces(fields));
      checkHosts(faces, c.get('k').site.baseUrl);
      await inTx(c.get('k'), async (t) => {
        if (!(await saveFaces(t, faces, version))) throw failCommon('changed-meanwhile');
        await recordActivity(t, {
          actor: user.id,
          action: 'portal.faces-changed',
          subject: 'instance',
          detail: { runs: faces.runs, campaign: faces.campaign?.baseUrl ?? null },
        });
      });
    } catch (error) {
      if (error instanceof Problem) return render(c, fields as Values, error);
      throw error;
    }
    return c.redirect('/operator/faces?saved', 303);
  });
  return router;
}

/** One host cannot have two faces, and a face that does not run has none. */
function checkHosts({ runs, campaign }: Faces, baseUrl: string): void {
  if (!campaign) return;
  if (runs !== 'both' || new URL(campaign.baseUrl).host === new URL(baseUrl).host)
    throw failHandover('face-host-same');
}

const lines = (value: unknown) =>
  String(value ?? '')
    .split(/\s+/)
    .filter(Boolean);

function toFaces(fields: { [name: string]: unknown }): unknown {
  const { runs, accent, baseUrl, name, operator, imprint, campaignAccent } = fields;
  const apart = String(baseUrl ?? '').trim() !== '';
  return {
    runs,
    accent,
    trusted: lines(fields.trusted),
    ...(apart ? { campaign: { baseUrl, name, operator, imprint, accent: campaignAccent } } : {}),
  };
}

function toValues({ runs, accent, campaign, trusted }: Faces, version: number): Values {
  const { accent: campaignAccent = 'pine', ...rest } = campaign ?? {};
  return { runs, accent, campaignAccent, ...rest, trusted: trusted.join('\n'), version: String(version) };
}

async function render(c: HttpContext, values: Values, problem?: Problem, saved = false) {
  const locale = c.get('locale');
  const text = facesText(locale).faces;
  const errors = new Map(
    ((problem?.fields.errors ?? []) as { path: string; message: string }[]).map((e) => [
      e.path.replace('campaign.', ''),
      issueText(locale, e.message),
    ]),
  );
  const field = (name: string) => ({ name, value: String(values[name] ?? ''), error: errors.get(name) });
  const colours = ACCENTS.map((value) => ({ value, label: text.accents[value] }));
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {saved && (
        <Notice tone="good">
          <p>{text.saved}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} beside />
      <form method="post" action="/operator/faces">
        <input type="hidden" name="version" value={String(values.version ?? '0')} />
        <Choices
          name="runs"
          legend={text.runs}
          value={String(values.runs ?? 'both')}
          required
          options={RUNS.map((value) => ({ value, label: text.runsOptions[value] }))}
        />
        <Select name="accent" label={text.accent} value={String(values.accent)} options={colours} required />
        <h2>{text.ownHost}</h2>
        <p>{text.ownHostHint(c.get('k').site.baseUrl)}</p>
        <Field
          {...field('baseUrl')}
          label={text.baseUrl}
          hint={text.baseUrlHint}
          type="url"
          maxLength={300}
        />
        <Field {...field('name')} label={text.name} maxLength={120} />
        <Field {...field('operator')} label={text.operator} maxLength={200} />
        <Field {...field('imprint')} label={text.imprint} maxLength={4000} rows={4} />
        <Select
          name="campaignAccent"
          label={text.campaignAccent}
          value={String(values.campaignAccent)}
          options={colours}
        />
        <h2>{text.trusted}</h2>
        <Field {...field('trusted')} label={text.trusted} hint={text.trustedHint} rows={4} />
        <p>
          <button type="submit">{text.save}</button>
        </p>
      </form>
      <p>
        <a href="/operator/campaign/bodies">{text.bodies}</a>
      </p>
    </>,
  );
}
