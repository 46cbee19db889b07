import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  failCommon,
  formatMoney,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { balanceOf } from '../../ledger/index.ts';
import { parsePrice } from '../../offers/index.ts';
import { requireParty } from '../../parties/index.ts';
import {
  ActionForm,
  AskFirst,
  Checkbox,
  commonText,
  Empty,
  Facts,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { clientName, createClient, listClients, revokeClient, rotateClient } from '../manage-clients.ts';
import { licensingText } from '../messages.ts';
import { type Client, LICENSED_USES } from '../model.ts';
import {
  readStandingAcceptance,
  standingSchema,
  switchOffStanding,
  switchOnStanding,
} from '../standing-acceptance.ts';

type Shown = { readonly client: Client; readonly secret: string };
type Who = { readonly licenseeId: string; readonly userId: string };
type Act = (c: HttpContext, who: Who) => Promise<Shown | undefined>;

/** `/clients`: names and secrets for programs, the prepaid balance, and automatic acceptance. */
export function clientPages(): Router {
  const router = createRouter();
  router.get('/clients', (c) => page(c));
  const action = (path: string, body: Act) => router.post(path, (c) => act(c, body));
  action('/clients', async (c, who) => {
    const name = checkFields(clientName, (await formFields(c)).name);
    return createClient(c.get('k'), { ...who, name });
  });
  action('/clients/:id/secret', (c, who) =>
    rotateClient(c.get('k'), { ...who, clientId: c.req.param('id') ?? '' }),
  );
  action('/clients/:id/end', async (c, who) => {
    await revokeClient(c.get('k'), { ...who, clientId: c.req.param('id') ?? '' });
    return undefined;
  });
  action('/clients/standing', async (c, who) => {
    const typed = await formFields(c);
    const read = parsePrice(c.get('locale'), String(typed.cap ?? ''));
    if ('fault' in read)
      throw failCommon('invalid-input', { detail: licensingText(c.get('locale')).clients.cap });
    const wish = { uses: [typed.use ?? []].flat(), monthlyCapMicro: read.micro.toString() };
    await switchOnStanding(c.get('k'), { ...who, ...checkFields(standingSchema, wish) });
    return undefined;
  });
  action('/clients/standing/off', async (c, who) => {
    await switchOffStanding(c.get('k'), who);
    return undefined;
  });
  return router;
}

/** A secret is shown in the answer itself, so that it stands in no address and no history. */
async function act(c: HttpContext, body: Act): Promise<Response> {
  const user = await requireUser(c);
  const party = await requireParty(c);
  try {
    const shown = await body(c, { licenseeId: party.id, userId: user.id });
    return shown ? page(c, { shown }) : c.redirect('/clients', 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return page(c, { problem: error });
  }
}

async function page(c: HttpContext, more: { shown?: Shown; problem?: Problem } = {}): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const party = await requireParty(c);
  const text = licensingText(locale);
  const words = text.clients;
  const { currency } = await requireInstance(k);
  const clients = await listClients(k, party.id);
  const balance = await balanceOf(k, { partyId: party.id, currency });
  const standing = await readStandingAcceptance(k, party.id);
  const money = (micro: bigint) => formatMoney(locale, micro, currency);
  const company = party.kind === 'organisation';
  return renderPage(
    c,
    { title: words.title, status: more.problem?.status ?? 200 },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.intro}</p>
      <ProblemNotice problem={more.problem} locale={locale} />
      {more.shown && (
        <Notice tone="good">
          <p>
            <strong>{words.secretTitle}</strong>
          </p>
          <Facts
            rows={[
              [words.id, <code>{more.shown.client.id}</code>],
              [words.secret, <code>{more.shown.secret}</code>],
            ]}
          />
          <p>{words.secretHint}</p>
        </Notice>
      )}
      {clients.length === 0 ? (
        <Empty title={words.none}>
          {!company && (
            <p>
              {text.catalogue.forCompanies} <a href="/organisations">{text.catalogue.organisations}</a>
            </p>
          )}
        </Empty>
      ) : (
        <Table
          caption={words.caption}
          head={[words.head.name, words.head.id, words.head.state, words.head.act]}
          rows={clients.map(({ id, name, revokedAt }) => [
            name,
            <code>{id}</code>,
            revokedAt === null ? words.active : words.revoked,
            revokedAt === null ? (
              <>
                <ActionForm action={`/clients/${id}/secret`} label={words.rotate} />
                <AskFirst
                  label={words.revoke}
                  title={words.revokeSure(name)}
                  cancel={commonText(locale).keep}
                  tone="danger"
                >
                  <p>{words.revokeHint}</p>
                  <ActionForm action={`/clients/${id}/end`} label={words.revoke} tone="danger" />
                </AskFirst>
              </>
            ) : (
              ''
            ),
          ])}
        />
      )}
      {company && (
        <form method="post" action="/clients">
          <Field name="name" label={words.name} maxLength={200} required />
          <button type="submit">{words.create}</button>
        </form>
      )}
      <section>
        <h2>{words.balance}</h2>
        <Facts
          rows={[
            [words.available, money(balance.availableMicro)],
            [words.held, money(balance.heldMicro)],
          ]}
        />
      </section>
      {company && (
        <section>
          <h2>{words.standing}</h2>
          <p>{words.standingIntro}</p>
          {standing ? (
            <>
              <p>{words.on(money(standing.standing.monthlyCapMicro), money(standing.spentMicro))}</p>
              <ActionForm action="/clients/standing/off" label={words.switchOff} />
            </>
          ) : (
            <form method="post" action="/clients/standing">
              {LICENSED_USES.filter((use) => use !== 'ai-train').map((use) => (
                <Checkbox name="use" value={use} label={text.use[use]} checked />
              ))}
              <Field name="cap" label={`${words.cap} (${currency})`} inputMode="decimal" required />
              <button type="submit">{words.switchOn}</button>
            </form>
          )}
        </section>
      )}
      <p>
        <a href="/agreements">{text.catalogue.agreements}</a>
      </p>
    </>,
  );
}
