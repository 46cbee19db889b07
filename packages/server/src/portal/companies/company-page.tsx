import { type Agent, agentsAsOf } from '@clearway/agents';
import type { EntryHistory, Reply } from '../../campaign/index.ts';
import {
  createRouter,
  formatDate,
  formatNumber,
  type Locale,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { licensingText } from '../../licensing/index.ts';
import { Badge, Facts, renderPage, Table } from '../../web/index.ts';
import { companiesText } from './messages.ts';
import { type CompanyFacts, countRequests, readCompany } from './read-company.ts';

type Props = { readonly locale: Locale; readonly company: CompanyFacts; readonly zone: string };

/** `/companies/:slug`: facts about one company, with their sources, and what it says to them. */
export function companyPage(): Router {
  const router = createRouter();
  router.get('/companies/:slug', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    const company = await readCompany(k, c.req.param('slug'));
    const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
    const text = companiesText(locale).page;
    const about = { locale, company, zone };
    return renderPage(
      c,
      { title: company.name, wide: true },
      <>
        <h1>{company.name}</h1>
        <p class="lead">{text.lead}</p>
        <Standing {...about} />
        <Agents {...about} />
        <Refusals {...about} />
        <Entries {...about} kind="commitments" />
        <Entries {...about} kind="requests" />
        <Replies {...about} />
        <p class="hint">{text.fix}</p>
      </>,
    );
  });
  return router;
}

function Standing({ locale, company, zone }: Props) {
  const text = companiesText(locale).page;
  const use = licensingText(locale).use;
  const date = (at: Date) => formatDate(locale, at, zone);
  const { licensed, pledges, cases, requests } = company;
  const { sent, answered } = countRequests(requests);
  return (
    <>
      <Facts
        rows={[
          [
            text.license,
            licensed.length === 0
              ? text.noLicense
              : licensed.map((one) => (
                  <p>
                    <Badge tone={one.live ? 'good' : 'info'}>
                      {one.until
                        ? text.earlier(date(one.since), date(one.until))
                        : text.inForce(date(one.since))}
                    </Badge>{' '}
                    {text.counts(one.works, one.holders)}: {one.uses.map((each) => use[each]).join(', ')}
                  </p>
                )),
          ],
          [
            text.pledge,
            pledges.length === 0
              ? text.notPledged
              : pledges.map((one) => (
                  <p>
                    <a href="/companies/pledge">{text.pledged(date(one.signedAt), one.host)}</a>
                  </p>
                )),
          ],
          [text.cases, cases === 0 ? text.casesNone : text.casesCount(cases)],
          [text.requests, sent === 0 ? text.requestsNone : text.requestsCount(sent, answered)],
        ]}
      />
      {licensed.some(({ licenses }) => licenses.length > 0) && (
        <ul>
          {licensed.flatMap(({ licenses }) =>
            licenses.map(({ secret, use: what, madeAt }) => (
              <li>
                <a href={`/licenses/${secret}`}>{text.licensePage(use[what], date(madeAt))}</a>
              </li>
            )),
          )}
        </ul>
      )}
    </>
  );
}

/** Where a source is only the public list, the operator of the agent states nothing itself. */
const LIST = 'https://github.com/ai-robots-txt/ai.robots.txt';

function Agents({ locale, company }: Props) {
  const text = companiesText(locale).page;
  return (
    <section>
      <h2>{text.crawlers}</h2>
      {company.agents.length === 0 && <p>{text.noCrawlers}</p>}
      {company.agents.length > 0 && (
        <Table
          caption={text.asOf(formatDate(locale, new Date(`${agentsAsOf}T00:00:00Z`)))}
          head={[
            text.agentHead.token,
            text.agentHead.kind,
            text.agentHead.purpose,
            text.agentHead.check,
            text.agentHead.source,
          ]}
          rows={company.agents.map(({ token, kind, purposes, documentation, verify }) => [
            token,
            text.kinds[kind],
            purposes.map((purpose) => text.purposes[purpose]).join(', '),
            <Checks locale={locale} kind={kind} verify={verify} />,
            <a href={documentation} rel="nofollow noreferrer">
              {documentation === LIST ? text.listSource : new URL(documentation).host}
            </a>,
          ])}
        />
      )}
      {company.agents.length > 0 && <p class="hint">{text.checks.hint}</p>}
    </section>
  );
}

/** What the operator publishes to tell its requests from those of others; where we know of nothing, that is said. */
function Checks({ locale, kind, verify }: { locale: Locale } & Pick<Agent, 'kind' | 'verify'>) {
  const text = companiesText(locale).page.checks;
  if (kind === 'control') return <>{text.control}</>;
  if (verify.length === 0) return <>{text.none}</>;
  return (
    <ul>
      {verify.map((one) => (
        <li>
          {one.method === 'ip-list' && (
            <a href={one.url} rel="nofollow noreferrer">
              {text.ipList}
            </a>
          )}
          {one.method === 'reverse-dns' &&
            text.reverseDns(one.suffixes.map((name) => `*.${name}`).join(', '))}
          {one.method === 'web-bot-auth' && (
            <a href={one.directory} rel="nofollow noreferrer">
              {text.signed}
            </a>
          )}
          {one.method === 'autonomous-system' && text.autonomousSystem(one.number)}
        </li>
      ))}
    </ul>
  );
}

function Refusals({ locale, company }: Props) {
  const text = companiesText(locale).page;
  const day = (iso: string) => formatDate(locale, new Date(`${iso}T00:00:00Z`));
  if (company.agents.length === 0) return null;
  return (
    <section>
      <h2>{text.refusals}</h2>
      {company.refusals.length === 0 && <p>{text.refusalsNone}</p>}
      {company.refusals.length > 0 && (
        <>
          <ul>
            {company.refusals.map(({ agentName, count, firstDay, lastDay }) => (
              <li>{text.refused(agentName, formatNumber(locale, count), day(firstDay), day(lastDay))}</li>
            ))}
          </ul>
          <p class="hint">{text.refusalsHint}</p>
        </>
      )}
    </section>
  );
}

function Entries({ kind, ...about }: Props & { kind: 'commitments' | 'requests' }) {
  const { locale, company } = about;
  const text = companiesText(locale).page;
  const entries = company[kind];
  if (kind === 'requests' && entries.length === 0) return null;
  return (
    <section>
      <h2>{text[kind]}</h2>
      {entries.length === 0 && <p>{text.commitmentsNone}</p>}
      {entries.length > 0 && (
        <ul>
          {entries.map((entry) => (
            <li id={`entry-${entry.id}`}>
              <EntryBody {...about} entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type EntryProps = { readonly locale: Locale; readonly zone: string; readonly entry: EntryHistory };

/** An entry with its date, source and everything that was ever corrected in it. */
export function EntryBody({ locale, zone, entry }: EntryProps) {
  const text = companiesText(locale).page;
  const day = (iso: string) => formatDate(locale, new Date(`${iso}T00:00:00Z`));
  const { kind, happenedOn, answeredOn } = entry;
  const answer = answeredOn === null ? text.notAnswered : text.answeredOn(day(answeredOn));
  return (
    <>
      {kind === 'request' ? `${text.sentOn(day(happenedOn))}, ${answer}: ` : `${day(happenedOn)}: `}
      <EntryWords locale={locale} entry={entry} /> <EntrySource locale={locale} entry={entry} />
      <Corrections locale={locale} zone={zone} entry={entry} />
    </>
  );
}

/** What happened, or that it was taken back. */
export function EntryWords({ locale, entry }: Omit<EntryProps, 'zone'>) {
  if (entry.retracted) return <strong>{companiesText(locale).page.retracted}</strong>;
  return <span lang={entry.locale}>{entry.words}</span>;
}

/** Where anybody can read it. */
export function EntrySource({ locale, entry }: Omit<EntryProps, 'zone'>) {
  if (entry.retracted) return null;
  return (
    <a href={entry.source} rel="nofollow noreferrer">
      {companiesText(locale).page.source}: {new URL(entry.source).host}
    </a>
  );
}

/** The versions before; the one after each says why it was changed. */
export function Corrections({ locale, zone, entry }: EntryProps) {
  const text = companiesText(locale).page;
  if (entry.before.length === 0) return null;
  const after = [entry, ...entry.before];
  return (
    <details>
      <summary>{text.corrections}</summary>
      {entry.before.map((one, i) => (
        <p>
          {text.correction(formatDate(locale, after[i]!.writtenAt, zone), after[i]!.reason ?? '')}{' '}
          <span lang={one.locale}>
            {formatDate(locale, new Date(`${one.happenedOn}T00:00:00Z`))}: {one.words}
          </span>
        </p>
      ))}
    </details>
  );
}

function Replies({ locale, company, zone }: Props) {
  const text = companiesText(locale).page;
  const [newest, ...older] = company.replies;
  const date = (at: Date) => formatDate(locale, at, zone);
  return (
    <section>
      <h2>{text.reply}</h2>
      {!newest && <p>{text.replyNone}</p>}
      {newest && newest.state === 'withdrawn' && (
        <p>{text.replyWithdrawn(date(newest.withdrawnAt ?? newest.sentAt))}</p>
      )}
      {newest && newest.state === 'public' && (
        <>
          <ReplyBody locale={locale} zone={zone} reply={newest} />
          <p class="hint">{text.replyNote}</p>
        </>
      )}
      {older.some(({ state }) => state === 'public') && (
        <details>
          <summary>{text.olderReplies}</summary>
          {older
            .filter(({ state }) => state === 'public')
            .map((reply) => (
              <ReplyBody locale={locale} zone={zone} reply={reply} />
            ))}
        </details>
      )}
      <p>
        <a class="button quiet" href={`/companies/${company.slug}/reply`}>
          {text.replyButton}
        </a>
      </p>
    </section>
  );
}

function ReplyBody({ locale, zone, reply }: { locale: Locale; zone: string; reply: Reply }) {
  const text = companiesText(locale).page;
  const at = formatDate(locale, reply.decidedAt ?? reply.sentAt, zone);
  return (
    <>
      <blockquote lang={reply.locale}>
        {reply.words.split(/\n\s*\n/).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </blockquote>
      <p>
        <small>
          {text.replyBy[reply.method](reply.evidence, at)} {text.identity}: {reply.reason}
        </small>
      </p>
    </>
  );
}
