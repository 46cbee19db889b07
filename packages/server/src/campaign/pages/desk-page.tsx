import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatNumber,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { addOfficialDomain, listOfficialDomains, removeOfficialDomain } from '../checks/domain-mail.ts';
import { featureSignatory, unfeatureSignatory } from '../checks/feature-signatory.ts';
import { listProtectedNames, protectName, unprotectName } from '../checks/protect-name.ts';
import { versionsOf } from '../declaration/declaration.ts';
import { openReviews } from '../desk/decide-review.ts';
import { deskText } from '../desk-messages.ts';
import { countWaitingRosters } from '../roster/find-roster.ts';
import { rosterText } from '../roster/roster-messages.ts';

const nameForm = z.object({ name: cleanLine(200), reason: cleanLine(300) });
const domainForm = z.object({ domain: cleanLine(200), organisation: cleanLine(200) });
const idForm = z.object({ id: z.uuid() });
const entryForm = z.object({
  entry: z.string().transform((text) => /[0-9a-f-]{36}\/?\s*$/.exec(text)?.[0].slice(0, 36) ?? ''),
});

/** Parts of the desk with pages of their own. */
const PLACES = ['checks', 'partners', 'moderators', 'logo', 'corrections'] as const;

/** `/operator/campaign`: versions, protected names, official domains, featured signatures. */
export function deskPage(): Router {
  const router = createRouter();
  router.get('/operator/campaign', (c) => page(c));
  router.post('/operator/campaign', async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    try {
      await act(c, fields, by);
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    return c.redirect('/operator/campaign?done', 303);
  });
  return router;
}

async function act(c: HttpContext, fields: { [name: string]: unknown }, by: string): Promise<void> {
  const k = c.get('k');
  switch (fields.action) {
    case 'protect':
      return protectName(k, { ...checkFields(nameForm, fields), by });
    case 'unprotect':
      return unprotectName(k, { ...checkFields(idForm, fields), by });
    case 'add-domain':
      return addOfficialDomain(k, { ...checkFields(domainForm, fields), by });
    case 'remove-domain':
      return removeOfficialDomain(k, { domain: String(fields.domain), by });
    case 'unfeature':
      return unfeatureSignatory(k, { signatoryId: checkFields(entryForm, fields).entry, by });
    default:
      return featureSignatory(k, { signatoryId: checkFields(entryForm, fields).entry, by });
  }
}

async function page(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = deskText(locale).desk;
  const versions = await versionsOf(k);
  const { count } = await openReviews(k);
  const number = (n: number) => formatNumber(locale, n);
  return renderPage(
    c,
    { title: text.title, wide: true, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <p>
        <a class="button" href="/operator/campaign/queue">
          {text.queue(number(count))}
        </a>
      </p>
      <p>
        <a class="button quiet" href="/operator/campaign/rosters">
          {rosterText(locale).desk.waiting(number(await countWaitingRosters(k)))}
        </a>
      </p>
      <ul>
        {PLACES.map((place) => (
          <li>
            <a href={`/operator/campaign/${place}`}>{text.places[place]}</a>
          </li>
        ))}
      </ul>
      <h2>{text.versions}</h2>
      <p>{text.apart}</p>
      <Table
        caption={text.versions}
        head={[text.version, text.state, text.signed, text.agreed, text.waiting]}
        rows={versions.map((v) => [
          v.shipped ? (
            text.openVersion(v.version)
          ) : (
            <a href={`/operator/campaign/versions/${v.version}`}>{text.openVersion(v.version)}</a>
          ),
          text.states[v.state],
          number(v.signed),
          number(v.agreed),
          number(v.waiting),
        ])}
      />
      {versions[0]?.state === 'public' && (
        <p>
          <a href="/operator/campaign/versions/next">{text.write}</a>
        </p>
      )}
      <Names c={c} names={await listProtectedNames(k)} />
      <Domains c={c} domains={await listOfficialDomains(k)} />
      <h2>{text.feature}</h2>
      <form method="post" action="/operator/campaign">
        <Field name="entry" label={text.entry} hint={text.featureHint} required maxLength={500} />
        <button type="submit" name="action" value="feature">
          {text.featureButton}
        </button>{' '}
        <button type="submit" name="action" value="unfeature" class="quiet">
          {text.unfeatureButton}
        </button>
      </form>
    </>,
  );
}

function Names({ c, names }: { c: HttpContext; names: Awaited<ReturnType<typeof listProtectedNames>> }) {
  const text = deskText(c.get('locale')).desk;
  return (
    <>
      <h2>{text.names}</h2>
      <p>{text.namesHint}</p>
      {names.length > 0 && (
        <Table
          caption={text.names}
          head={[text.name, text.reason, '']}
          rows={names.map((one) => [
            <bdi>{one.name}</bdi>,
            one.reason,
            <ActionForm action="/operator/campaign" label={text.remove}>
              <input type="hidden" name="action" value="unprotect" />
              <input type="hidden" name="id" value={one.id} />
            </ActionForm>,
          ])}
        />
      )}
      {names.length === 0 && <p>{text.none}</p>}
      <form method="post" action="/operator/campaign">
        <Field name="name" label={text.name} required maxLength={200} />
        <Field name="reason" label={text.reason} required maxLength={300} />
        <button type="submit" name="action" value="protect">
          {text.addName}
        </button>
      </form>
    </>
  );
}

function Domains({
  c,
  domains,
}: {
  c: HttpContext;
  domains: Awaited<ReturnType<typeof listOfficialDomains>>;
}) {
  const text = deskText(c.get('locale')).desk;
  return (
    <>
      <h2>{text.domains}</h2>
      <p>{text.domainsHint}</p>
      {domains.length > 0 && (
        <Table
          caption={text.domains}
          head={[text.domain, text.organisation, '']}
          rows={domains.map((one) => [
            one.domain,
            one.organisation,
            <ActionForm action="/operator/campaign" label={text.remove}>
              <input type="hidden" name="action" value="remove-domain" />
              <input type="hidden" name="domain" value={one.domain} />
            </ActionForm>,
          ])}
        />
      )}
      {domains.length === 0 && <p>{text.none}</p>}
      <form method="post" action="/operator/campaign">
        <Field name="domain" label={text.domain} required maxLength={200} />
        <Field name="organisation" label={text.organisation} required maxLength={200} />
        <button type="submit" name="action" value="add-domain">
          {text.addDomain}
        </button>
      </form>
    </>
  );
}
