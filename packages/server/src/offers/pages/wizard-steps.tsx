import type { PropsWithChildren } from 'hono/jsx';
import type { Locale, Problem } from '../../kernel/index.ts';
import { Choices, Facts, Field, Notice, ProblemNotice, Select, Steps } from '../../web/index.ts';
import { offersText } from '../messages.ts';
import { PRESETS, type Preset } from '../presets.ts';
import { countInWords } from '../price-input.ts';
import type { Wizard } from '../read-wizard.ts';
import { grantedAiUses, PACKS, type Terms, UNITS_OF, USES, type Use } from '../terms.ts';
import { answerField, packField, priceField, type ReadTerms } from '../terms-form.ts';
import { wizardText } from '../wizard-messages.ts';
import { Reasons, Sentences, StandingBadge, TermsText } from './standing-parts.tsx';

/** The state that somebody else stored meanwhile. */
export type Conflict = { readonly terms: Terms };

type StepProps = {
  readonly locale: Locale;
  readonly wizard: Wizard;
  /** The page's own address. */
  readonly path: string;
  readonly problem?: Problem | undefined;
  readonly conflict?: Conflict | undefined;
};

const STEPS = ['presets', 'prices', 'preview'] as const;

function Step(props: PropsWithChildren<StepProps & { step: (typeof STEPS)[number] }>) {
  const { locale, wizard, problem, conflict, step, children } = props;
  const text = wizardText(locale);
  return (
    <>
      <p>
        <a href={`/works/${wizard.work.id}`}>{wizard.work.title}</a>
      </p>
      <h1>{text.title(wizard.work.title)}</h1>
      <Steps
        label={text.stepsLabel}
        steps={STEPS.map((each) => text.steps[each])}
        current={STEPS.indexOf(step)}
      />
      {conflict ? (
        <Notice tone="warn">
          <p>
            <strong>{text.conflict}</strong>
          </p>
          <p>{text.conflictHint}</p>
          <Sentences locale={locale} terms={conflict.terms} currency={wizard.currency} />
        </Notice>
      ) : (
        <ProblemNotice problem={problem} locale={locale} />
      )}
      {children}
    </>
  );
}

/** The draft's version; after a conflict the newest one, so that sending again replaces it knowingly. */
function Version({ wizard }: { wizard: Wizard }) {
  return <input type="hidden" name="version" value={(wizard.draft?.version ?? 0).toString()} />;
}

type PresetStepProps = StepProps & {
  readonly preset: Preset | undefined;
  /** Number of the version just published. */
  readonly result: number | undefined;
  readonly created: boolean;
};

export function PresetStep(props: PresetStepProps) {
  const { locale, wizard, path, preset, result, created } = props;
  const text = wizardText(locale);
  const { standing } = wizard;
  const published = standing.waiting ?? standing.inForce;
  return (
    <Step {...props} step="presets">
      {result !== undefined && (
        <Notice tone="good">
          <p>{created ? text.published(result) : text.same}</p>
          <p>
            <a href={`/works/${wizard.work.id}/signals`}>{text.tell}</a>
          </p>
        </Notice>
      )}
      {wizard.asked && (
        <Notice tone="warn">
          <a href={`/works/${wizard.work.id}/consent`}>{text.decide}</a>
        </Notice>
      )}
      {published && (
        <section>
          <h2>{text.current}</h2>
          <p>
            <StandingBadge locale={locale} standing={standing} />
          </p>
          <Sentences locale={locale} terms={published.terms} currency={published.currency} />
          <Reasons locale={locale} standing={standing} named />
        </section>
      )}
      <form method="post" action={path}>
        <input type="hidden" name="action" value="preset" />
        <Version wizard={wizard} />
        <Choices
          name="preset"
          legend={text.presets}
          hint={text.presetsHint}
          value={preset}
          required
          options={PRESETS.map((value) => ({
            value,
            label: text.preset[value],
            hint: text.presetHint[value],
          }))}
        />
        <button type="submit">{text.next}</button>
      </form>
      {published && (
        <section>
          <h2>{text.takeBack}</h2>
          <p>{text.takeBackHint}</p>
          <form method="post" action={path}>
            <input type="hidden" name="action" value="withdraw" />
            <Field name="reason" label={text.reason} rows={2} maxLength={2_000} />
            <button type="submit" class="danger">
              {text.takeBack}
            </button>
          </form>
        </section>
      )}
    </Step>
  );
}

export type TermsStepProps = StepProps & {
  readonly preset: Preset;
  readonly fields: { readonly [field: string]: string };
  readonly faults: ReadTerms['faults'];
};

export function TermsStep(props: TermsStepProps) {
  const { locale, wizard, path, preset, fields } = props;
  const all = offersText(locale);
  const text = wizardText(locale);
  const answers = ['free', 'paid', 'ask', 'no'] as const;
  return (
    <Step {...props} step="prices">
      <p>{text.pricesHint(wizard.currency)}</p>
      <p class="hint">{text.guide(wizard.currency)}</p>
      <form method="post" action={path} novalidate>
        <input type="hidden" name="action" value="terms" />
        <input type="hidden" name="preset" value={preset} />
        <Version wizard={wizard} />
        {preset === 'own' ? (
          USES.map((use) => (
            <>
              <Choices
                name={answerField(use)}
                legend={all.use[use]}
                value={fields[answerField(use)] ?? 'no'}
                options={answers
                  .filter((answer) => answer !== 'paid' || UNITS_OF[use].length > 0)
                  .map((value) => ({ value, label: all.answer[value] }))}
              />
              <Prices {...props} use={use} />
            </>
          ))
        ) : (
          <Prices {...props} use="ai-input" />
        )}
        <button type="submit">{text.toPreview}</button>
      </form>
      <p>
        <a href={path}>{text.back}</a>
      </p>
    </Step>
  );
}

function Prices({ locale, fields, faults, use, preset }: TermsStepProps & { use: Use }) {
  const text = wizardText(locale);
  const units = UNITS_OF[use];
  if (units.length === 0) return null;
  return (
    <fieldset>
      <legend>
        {text.prices}: {offersText(locale).use[use]}
      </legend>
      {units.length > 1 && <p class="hint">{text.choice}</p>}
      {units.map((unit, i) => {
        const fault = faults[priceField(use, unit)];
        return (
          <>
            <Field
              name={priceField(use, unit)}
              label={text.price[unit]}
              hint={text.priceHint[unit]}
              value={fields[priceField(use, unit)] ?? ''}
              inputMode="decimal"
              maxLength={40}
              required={preset !== 'own' && i === 0 && units.length === 1}
              error={fault && text.fault[fault]}
            />
            <Select
              name={packField(use, unit)}
              label={text.pack}
              value={fields[packField(use, unit)] ?? '1'}
              options={PACKS.map((value) => ({
                value,
                label: text.packOf[unit](countInWords(locale, value)),
              }))}
            />
          </>
        );
      })}
    </fieldset>
  );
}

export function PreviewStep(props: StepProps) {
  const { locale, wizard, path } = props;
  const all = offersText(locale);
  const text = wizardText(locale);
  const { draft, texts, others, standing } = wizard;
  if (!draft || !texts) return <Step {...props} step="preview" />;
  const waits = grantedAiUses(draft.terms).length > 0;
  const open = standing.reasons.filter(
    ({ code }) =>
      !['no-terms', 'terms-withdrawn', 'reserved', 'consent-missing', 'consent-declined'].includes(code),
  );
  return (
    <Step {...props} step="preview">
      <section>
        <h2>{text.preview}</h2>
        <TermsText text={texts[locale]} />
      </section>
      <section>
        <h2>{text.machines}</h2>
        <Facts rows={USES.map((use) => [all.use[use], text.machine[draft.terms[use].answer]] as const)} />
      </section>
      <section>
        <h2>{text.happens}</h2>
        <p>{text.happensAlone}</p>
        {waits && others.length > 0 && <p>{text.happensOthers(others.join(', '))}</p>}
        {waits && open.length > 0 && (
          <>
            <p>{text.notWhole}</p>
            <ul>
              {open.map(({ code, names }) => (
                <li>
                  {all.reason[code]}
                  {names.length > 0 && <> ({names.join(', ')})</>}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <form method="post" action={path}>
        <input type="hidden" name="action" value="publish" />
        <input type="hidden" name="draftVersion" value={draft.version.toString()} />
        <button type="submit">{text.publish}</button>
      </form>
      <p>
        {(draft.preset === 'own' || draft.preset === 'search-free-answers-paid') && (
          <>
            <a href={`${path}?step=prices&preset=${draft.preset}`}>{text.change}</a> ·{' '}
          </>
        )}
        <a href={path}>{text.back}</a>
      </p>
    </Step>
  );
}
