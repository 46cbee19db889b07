import { type Comparable, type Conflict, carrierName } from '@clearway/signals';
import { createRouter, formatTime, type Locale, type Router } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Badge, Notice, renderPage, Table } from '../../web/index.ts';
import { requireWork } from '../../works/index.ts';
import type { Look, SeenDocument } from '../look.ts';
import { lookAtWork } from '../look-at-work.ts';
import { lookText } from '../look-messages.ts';
import { offersText } from '../messages.ts';
import { USES } from '../terms.ts';

/** `/works/:id/signals`: what does a bot see? */
export function lookPages(): Router {
  const router = createRouter();
  router.get('/works/:id/signals', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    const party = await requireParty(c);
    const workId = c.req.param('id');
    const found = await lookAtWork(k, { workId, partyId: party.id });
    const work = await requireWork(k, workId);
    const text = lookText(locale);
    const title = text.title(work.title);
    return renderPage(
      c,
      { title, wide: true },
      <>
        <p>
          <a href={`/works/${work.id}`}>{work.title}</a>
        </p>
        <h1>{title}</h1>
        <p class="lead">{text.intro}</p>
        <section>
          <h2>{text.own}</h2>
          <LookPart locale={locale} look={found.own} expectedSha256={found.expectedSha256} place="own" />
        </section>
        {found.elsewhere.map(({ look, controlled }) => (
          <section>
            <h2>{text.elsewhere(new URL(look.url).host)}</h2>
            <Notice tone="info">{controlled ? text.yours : text.notYours}</Notice>
            <LookPart
              locale={locale}
              look={look}
              expectedSha256={found.expectedSha256}
              place={controlled ? 'controlled' : 'foreign'}
            />
          </section>
        ))}
      </>,
    );
  });
  return router;
}

type LookProps = {
  readonly locale: Locale;
  readonly look: Look;
  readonly expectedSha256: string | undefined;
  /** What can be done about a conflict depends on whose place it is. */
  readonly place: 'own' | 'controlled' | 'foreign';
};

const TONES = { agrees: 'good', conflict: 'bad', silent: 'warn', unreachable: 'warn' } as const;

/** What was found at one address. */
export function LookPart({ locale, look, expectedSha256, place }: LookProps) {
  const all = offersText(locale);
  const text = lookText(locale);
  const { agreements, conflicts, missing, unreadable } = look.comparison;
  const rows = [
    ...gather(conflicts, ({ record, kind }) => [record, kind]).map(({ one, agents, usages }) => [
      whereOf(locale, one.record, agents),
      usages.map((usage) => usageName(all, usage)).join(', '),
      <code>{short(one.record.raw)}</code>,
      <Badge tone="bad">{one.kind === 'too-open' ? text.open : text.strict}</Badge>,
      place === 'foreign' ? '' : fixOf(text, one, place),
    ]),
    ...gather(unreadable, (one) => [one, '']).map(({ one, agents }) => [
      whereOf(locale, one, agents),
      '',
      <code>{short(one.raw)}</code>,
      <Badge tone="bad">{text.unreadable}</Badge>,
      place === 'foreign' ? '' : text.fixFor[place === 'own' ? 'own' : 'copy'],
    ]),
    ...missing.map(({ carrier }) => [
      carrierName(carrier, locale),
      '',
      '',
      <Badge tone="warn">{text.missing}</Badge>,
      place === 'foreign' ? '' : text.fixFor[place === 'own' ? 'own' : 'copy'],
    ]),
    ...gather(agreements, (one) => [one, '']).map(({ one, agents, usages }) => [
      whereOf(locale, one, agents),
      usages.map((usage) => usageName(all, usage)).join(', '),
      <code>{short(one.raw)}</code>,
      <Badge tone="good">{text.good}</Badge>,
      '',
    ]),
  ];
  return (
    <>
      <p>
        <Badge tone={TONES[look.verdict]}>{text.verdict[look.verdict]}</Badge>
      </p>
      {look.documents.filter(speaks).map((one) => (
        <DocumentPart locale={locale} one={one} expectedSha256={expectedSha256} />
      ))}
      {rows.length > 0 && (
        <Table
          caption={text.says}
          head={[text.place, text.use, text.words, text.result, text.fix]}
          rows={rows}
        />
      )}
      <Table
        caption={`${text.fetched}, ${formatTime(locale, look.at)}`}
        head={[text.address, text.answer]}
        rows={look.fetched.map(({ url, status, error }) => [
          short(url),
          status?.toString() ?? `${text.noAnswer} (${error ?? ''})`,
        ])}
      />
    </>
  );
}

function DocumentPart(props: { locale: Locale; one: SeenDocument; expectedSha256: string | undefined }) {
  const { locale, one, expectedSha256 } = props;
  const all = offersText(locale);
  const text = lookText(locale);
  const stale = expectedSha256 !== undefined && one.sha256 !== undefined && one.sha256 !== expectedSha256;
  return (
    <>
      <h3>{text.says}</h3>
      <p>
        <code>{short(one.url)}</code>:{' '}
        {one.version === undefined ? text.unnamed : text.named(short(one.version))}
      </p>
      {stale && <Notice tone="warn">{text.wrongVersion}</Notice>}
      <ul>
        {USES.map((use) => (
          <li>
            {all.use[use]}: {text.outcome[one.outcomes[use]]}
            {one.prices[use].length > 0 && <> · {short(one.prices[use].join(' / '))}</>}
          </li>
        ))}
      </ul>
      {one.issues.length > 0 && (
        <ul>
          {one.issues.slice(0, 10).map(({ code, message }) => (
            <li>
              <code>{code}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {one.sha256 !== undefined && (
        <p class="hint">
          {all.publicPage.hash}: <code>{one.sha256}</code>
        </p>
      )}
    </>
  );
}

type Line<T> = { readonly one: T; readonly agents: readonly string[]; readonly usages: readonly string[] };

/** What is said in the same words is one line, with the programs it is said to and the uses it is about. */
function gather<T>(list: readonly T[], about: (one: T) => readonly [Comparable, string]): Line<T>[] {
  const found = new Map<string, { one: T; agents: Set<string>; usages: Set<string> }>();
  for (const one of list) {
    const [{ carrier, usage, raw, agent }, more] = about(one);
    const key = JSON.stringify([carrier, raw, more]);
    const line = found.get(key) ?? { one, agents: new Set(), usages: new Set() };
    if (agent !== undefined) line.agents.add(agent);
    line.usages.add(usage);
    found.set(key, line);
  }
  return [...found.values()].map(({ one, agents, usages }) => ({
    one,
    agents: [...agents],
    usages: [...usages],
  }));
}

function whereOf(locale: Locale, { carrier }: Comparable, agents: readonly string[]) {
  const name = carrierName(carrier, locale);
  if (agents.length === 0) return name;
  return `${name}: ${agents.slice(0, 3).join(', ')}${agents.length > 3 ? ` +${agents.length - 3}` : ''}`;
}

/** The document of the instance's other pages says nothing about a work. */
function speaks({ outcomes, issues }: SeenDocument): boolean {
  return issues.length > 0 || USES.some((use) => outcomes[use] !== 'unknown');
}

function usageName(all: ReturnType<typeof offersText>, usage: string): string {
  const use = USES.find((one) => one === usage);
  return use ? all.use[use] : usage;
}

function fixOf(text: ReturnType<typeof lookText>, conflict: Conflict, place: 'own' | 'controlled') {
  const raw = short(conflict.record.raw);
  if (conflict.carrier === 'robots') return text.fixFor.robots(raw);
  if (place === 'own') return text.fixFor.own;
  return conflict.carrier === 'rsl' ? text.fixFor.copy : text.fixFor.remove(raw);
}

/** A stranger's words stay short. */
function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
