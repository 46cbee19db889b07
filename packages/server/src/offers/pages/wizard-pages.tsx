import { requireUser } from '../../identity/index.ts';
import { createRouter, formFields, type HttpContext, Problem, type Router } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { renderPage } from '../../web/index.ts';
import { PRESETS, type Preset, presetTerms } from '../presets.ts';
import { publishOffer } from '../publish-offer.ts';
import { readWizard, type Wizard } from '../read-wizard.ts';
import { saveDraft } from '../save-draft.ts';
import { type Terms, termsFaults, termsSchema } from '../terms.ts';
import { fieldsOf, readTermsForm, type Typed } from '../terms-form.ts';
import { withdrawalSchema, withdrawOffer } from '../withdraw-offer.ts';
import { wizardText } from '../wizard-messages.ts';
import { refusesAll } from '../works-by-standing.ts';
import { keepTyped } from './keep-typed.tsx';
import { type Conflict, PresetStep, PreviewStep, TermsStep, type TermsStepProps } from './wizard-steps.tsx';

/** `/works/:id/terms`: from plain words to published terms, in three steps. */
export function wizardPages(): Router {
  const router = createRouter();
  router.get('/works/:id/terms', async (c) => {
    const { wizard } = await open(c);
    const { draft } = wizard;
    const step = c.req.query('step');
    if (step === 'prices') {
      const preset = presetFrom(c.req.query('preset')) ?? draft?.preset ?? 'own';
      if (!isPriced(preset)) return c.redirect(c.req.path, 303);
      return termsStep(c, wizard, { preset, fields: startingFields(c, preset, draft?.terms), faults: {} });
    }
    if (step === 'preview' && draft) {
      if (termsFaults(draft.terms).length > 0) return c.redirect(`${c.req.path}?step=prices`, 303);
      return previewStep(c, wizard);
    }
    return presetStep(c, wizard, { preset: presetFrom(c.req.query('preset')) ?? draft?.preset });
  });

  router.post('/works/:id/terms', async (c) => {
    const typed = await formFields(c);
    return keepTyped(c, typed, async () => {
      switch (typed.action) {
        case 'terms':
          return keepTerms(c, typed);
        case 'publish':
          return publish(c, typed);
        case 'withdraw':
          return takeBack(c, typed);
        default:
          return choosePreset(c, typed);
      }
    });
  });
  return router;
}

async function open(c: HttpContext) {
  const user = await requireUser(c);
  const party = await requireParty(c);
  const who = { workId: c.req.param('id') ?? '', partyId: party.id, actor: user.id };
  return { who, wizard: await readWizard(c.get('k'), who) };
}

async function choosePreset(c: HttpContext, typed: Typed): Promise<Response> {
  const { who, wizard } = await open(c);
  const preset = presetFrom(one(typed.preset));
  if (!preset) return presetStep(c, wizard, { preset: undefined, status: 422 });
  // What needs prices is kept together with them.
  if (isPriced(preset)) {
    return c.redirect(`${c.req.path}?step=prices&preset=${preset}`, 303);
  }
  try {
    await saveDraft(c.get('k'), who, {
      version: versionOf(typed.version),
      preset,
      terms: presetTerms(preset),
    });
    return c.redirect(`${c.req.path}?step=preview`, 303);
  } catch (error) {
    const problem = asProblem(error);
    const now = await readWizard(c.get('k'), who);
    return presetStep(c, now, { preset, problem, conflict: conflictOf(problem), status: problem.status });
  }
}

async function keepTerms(c: HttpContext, typed: Typed): Promise<Response> {
  const { who, wizard } = await open(c);
  const { preset, terms, faults } = readTermsForm(c.get('locale'), typed);
  const fields = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, one(value)]));
  if (Object.keys(faults).length > 0) return termsStep(c, wizard, { preset, fields, faults }, 422);
  try {
    await saveDraft(c.get('k'), who, { version: versionOf(typed.version), preset, terms });
    return c.redirect(`${c.req.path}?step=preview`, 303);
  } catch (error) {
    const problem = asProblem(error);
    const now = await readWizard(c.get('k'), who);
    const conflict = conflictOf(problem);
    return termsStep(c, now, { preset, fields, faults, problem, conflict }, problem.status);
  }
}

async function publish(c: HttpContext, typed: Typed): Promise<Response> {
  const { who } = await open(c);
  try {
    const input = { ...who, draftVersion: versionOf(typed.draftVersion) };
    const { offer, created } = await publishOffer(c.get('k'), input);
    // Saying no to everything is a whole result, and has a page of its own.
    if (refusesAll(offer.terms)) return c.redirect(`/works/${who.workId}/no-ai`, 303);
    return c.redirect(`${c.req.path}?${created ? 'done' : 'same'}=${offer.version}`, 303);
  } catch (error) {
    const problem = asProblem(error);
    return previewStep(c, await readWizard(c.get('k'), who), problem);
  }
}

async function takeBack(c: HttpContext, typed: Typed): Promise<Response> {
  const { who, wizard } = await open(c);
  const read = withdrawalSchema.safeParse({ reason: one(typed.reason) });
  try {
    await withdrawOffer(c.get('k'), { ...who, reason: read.success ? read.data.reason : '' });
    return c.redirect(c.req.path, 303);
  } catch (error) {
    const problem = asProblem(error);
    return presetStep(c, wizard, { preset: wizard.draft?.preset, problem, status: problem.status });
  }
}

function presetStep(
  c: HttpContext,
  wizard: Wizard,
  state: { preset: Preset | undefined; problem?: Problem; conflict?: Conflict | undefined; status?: number },
): Promise<Response> {
  const { status = 200, ...rest } = state;
  const done = c.req.query('done') ?? c.req.query('same');
  const version = wizard.standing.waiting?.version ?? wizard.standing.inForce?.version;
  const result = done !== undefined && done === version?.toString() ? version : undefined;
  return page(
    c,
    wizard,
    status,
    <PresetStep
      locale={c.get('locale')}
      wizard={wizard}
      path={c.req.path}
      result={result}
      created={c.req.query('done') !== undefined}
      {...rest}
    />,
  );
}

function termsStep(
  c: HttpContext,
  wizard: Wizard,
  state: Pick<TermsStepProps, 'preset' | 'fields' | 'faults' | 'problem' | 'conflict'>,
  status = 200,
): Promise<Response> {
  const props = { locale: c.get('locale'), wizard, path: c.req.path, ...state };
  return page(c, wizard, status, <TermsStep {...props} />);
}

function previewStep(c: HttpContext, wizard: Wizard, problem?: Problem): Promise<Response> {
  const props = { locale: c.get('locale'), wizard, path: c.req.path, problem };
  return page(c, wizard, problem?.status ?? 200, <PreviewStep {...props} />);
}

function page(c: HttpContext, wizard: Wizard, status: number, body: Parameters<typeof renderPage>[2]) {
  const title = wizardText(c.get('locale')).title(wizard.work.title);
  return renderPage(c, { title, status }, body);
}

/** Presets that are not complete without an answer of the second step. */
function isPriced(preset: Preset): preset is 'own' | 'search-free-answers-paid' {
  return preset === 'own' || preset === 'search-free-answers-paid';
}

/** The stored prices where the preset is the stored one, else the preset's own beginning. */
function startingFields(c: HttpContext, preset: Preset, terms: Terms | undefined) {
  const start = preset === 'own' ? (terms ?? presetTerms('no-ai')) : presetTerms(preset);
  const same = terms && (preset === 'own' || terms['ai-input'].answer === 'paid') ? terms : start;
  return fieldsOf(c.get('locale'), preset === 'own' ? same : { ...start, 'ai-input': same['ai-input'] });
}

function conflictOf(problem: Problem): Conflict | undefined {
  const current = problem.fields.current as { terms?: unknown; version?: unknown } | null | undefined;
  const terms = termsSchema.safeParse(current?.terms);
  return problem.code === 'changed-meanwhile' && terms.success ? { terms: terms.data } : undefined;
}

function presetFrom(text: string | undefined): Preset | undefined {
  return PRESETS.find((preset) => preset === text);
}

function versionOf(text: string | readonly string[] | undefined): number {
  const found = one(text);
  return /^[0-9]{1,7}$/.test(found) ? Number(found) : 0;
}

function one(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem && error.code !== 'sign-in-required') return error;
  throw error;
}
