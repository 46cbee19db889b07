import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  invalidInput,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { listSites } from '../../sites/index.ts';
import { logVerifierKey } from '../../transparency/index.ts';
import { refusalsAt } from '../../usage/index.ts';
import { Checkbox, Empty, Field, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import { caseText } from '../messages.ts';
import { type Case, MANY_CLIENTS } from '../model.ts';
import { type CaseInput, caseSchema, openCase } from '../open-case.ts';
import { listCases, readBundle, readCase } from '../read-case.ts';
import { listChecks } from '../read-check.ts';
import { CasePage } from './case-page.tsx';
import { Letter } from './letter.tsx';

const DAY_MS = 86_400_000;

/** `/cases`: the list and the way to open one; `/cases/:id`: what it shows; its file and its letter. */
export function casePages(): Router {
  const router = createRouter();
  router.get('/cases', (c) => listPage(c));
  router.post('/cases', async (c) => {
    const [k, user, party] = [c.get('k'), await requireUser(c), await requireParty(c)];
    const typed = await formFields(c);
    try {
      const opened = await openCase(k, {
        ...readCaseForm(typed, k.clock.now()),
        partyId: party.id,
        actor: user.id,
      });
      return c.redirect(`/cases/${opened.id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return listPage(c, typed, error);
    }
  });
  router.get('/cases/:id', casePage);
  router.get('/cases/:id/letter', letterPage);
  router.get('/cases/:id/evidence.json', async (c) => {
    const party = await requireParty(c);
    const caseId = c.req.param('id');
    const bytes = await readBundle(c.get('k'), { caseId, partyId: party.id });
    return c.body(bytes, 200, {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="evidence-${caseId}.json"`,
      'Cache-Control': 'private, no-store',
    });
  });
  return router;
}

type Typed = { readonly [name: string]: string | string[] };

/** Whole days in UTC; today ends now. The choice of a client is `<site> <name>`. */
function readCaseForm(typed: Typed, now: Date): Omit<CaseInput, 'partyId' | 'actor'> {
  const one = (name: string) => String(typed[name] ?? '').trim();
  const [from, to] = [Date.parse(`${one('from')}T00:00:00.000Z`), Date.parse(`${one('to')}T00:00:00.000Z`)];
  if (Number.isNaN(from)) throw invalidInput([{ path: ['from'], message: 'date' }]);
  if (Number.isNaN(to)) throw invalidInput([{ path: ['to'], message: 'date' }]);
  const end = Math.max(to, Math.min(to + DAY_MS, now.getTime()));
  const [, siteId, client] = /^(\S+) (.+)$/.exec(one('client')) ?? [];
  const read = caseSchema.safeParse({
    ...(siteId !== undefined && { siteId, client }),
    checks: [typed.check ?? []].flat(),
    from: new Date(from).toISOString(),
    to: new Date(end).toISOString(),
  });
  if (!read.success) throw invalidInput(read.error.issues);
  return read.data;
}

async function listPage(c: HttpContext, typed: Typed = {}, problem?: Problem): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const text = caseText(locale);
  const { zone } = await requireInstance(k);
  const cases = await listCases(k, party.id);
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {cases.length === 0 ? (
        <Empty title={text.none}>
          <p>{text.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={text.caption}
          head={[text.head.about, text.head.period, text.head.opened, text.head.open]}
          rows={cases.map((one) => [
            aboutCase(one, text),
            `${formatDate(locale, one.from, zone)} – ${formatDate(locale, one.to, zone)}`,
            formatDate(locale, one.openedAt, zone),
            <a href={`/cases/${one.id}`}>{text.open}</a>,
          ])}
        />
      )}
      {await openForm(c, party.id, typed)}
    </>,
  );
}

function aboutCase({ client, checkIds }: Omit<Case, 'sealed'>, text: ReturnType<typeof caseText>): string {
  const parts = [
    client === null ? [] : text.client(client),
    checkIds.length > 0 ? text.dataSets(checkIds.length) : [],
  ];
  return parts.flat().join(', ');
}

async function openForm(c: HttpContext, partyId: string, typed: Typed) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = caseText(locale).form;
  const clients = await refusedClients(k, partyId);
  const checks = (await listChecks(k, partyId)).slice(0, 20);
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const now = k.clock.now().getTime();
  if (clients.length === 0 && checks.length === 0) {
    return (
      <section>
        <h2>{text.title}</h2>
        <p>{text.nothing}</p>
        <p>
          <a href="/sites">{text.sites}</a> · <a href="/dataset-checks">{text.checksLink}</a>
        </p>
      </section>
    );
  }
  const chosen = [typed.check ?? []].flat();
  return (
    <section>
      <h2>{text.title}</h2>
      <form method="post" action="/cases">
        {clients.length > 0 && (
          <Select
            name="client"
            label={text.client}
            hint={text.clientHint}
            empty={text.noClient}
            value={String(typed.client ?? '')}
            options={clients.map(({ siteId, host, name, count }) => ({
              value: `${siteId} ${name}`,
              label: text.option(name, host, formatNumber(locale, count)),
            }))}
          />
        )}
        {checks.length > 0 && (
          <fieldset>
            <legend>{text.checks}</legend>
            {checks.map(({ id, dataset }) => (
              <Checkbox name="check" value={id} label={dataset} checked={chosen.includes(id)} />
            ))}
          </fieldset>
        )}
        <Field
          name="from"
          type="date"
          label={text.from}
          hint={text.days}
          value={String(typed.from ?? day(now - 30 * DAY_MS))}
          required
        />
        <Field name="to" type="date" label={text.to} value={String(typed.to ?? day(now))} required />
        <button type="submit">{text.send}</button>
      </form>
    </section>
  );
}

type Refused = {
  readonly siteId: string;
  readonly host: string;
  readonly name: string;
  readonly count: bigint;
};

/** Who was refused at the party's sites, most often first. */
async function refusedClients(k: HttpContext['var']['k'], partyId: string): Promise<Refused[]> {
  const found: Refused[] = [];
  for (const { site } of (await listSites(k, partyId)).slice(0, 20)) {
    const sums = await refusalsAt(k, { siteId: site.id, partyId });
    const single = sums.filter(({ agentName }) => agentName !== MANY_CLIENTS);
    for (const [name, lines] of Map.groupBy(single, ({ agentName }) => agentName)) {
      const count = lines.reduce((sum, line) => sum + line.count, 0n);
      found.push({ siteId: site.id, host: site.host, name, count });
    }
  }
  return found.sort((a, b) => (a.count < b.count ? 1 : a.count > b.count ? -1 : 0)).slice(0, 100);
}

async function casePage(c: HttpContext): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const { found, document } = await readCase(k, { caseId: c.req.param('id') ?? '', partyId: party.id });
  const { zone } = await requireInstance(k);
  const title = caseText(locale).one(formatDate(locale, found.openedAt, zone));
  return renderPage(
    c,
    { title, wide: true },
    <CasePage
      locale={locale}
      zone={zone}
      title={title}
      found={found}
      document={document}
      verifierKey={await logVerifierKey(k)}
      from={Number(/^\d{1,5}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0)}
    />,
  );
}

async function letterPage(c: HttpContext): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const { found, document } = await readCase(k, { caseId: c.req.param('id') ?? '', partyId: party.id });
  const { zone } = await requireInstance(k);
  const title = caseText(locale).letter.title;
  const date = formatDate(locale, k.clock.now(), zone);
  return renderPage(
    c,
    { title },
    <Letter
      locale={locale}
      date={date}
      from={party.name}
      document={document}
      sealedSha256={found.sealedSha256}
      baseUrl={k.site.baseUrl}
    />,
  );
}
