import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  type Kernel,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { listGates } from '../find-gate.ts';
import { gateText } from '../gate-messages.ts';
import { siteDetails } from '../list-sites.ts';
import type { Gate } from '../model.ts';
import { registerGate } from '../register-gate.ts';
import { revokeGate } from '../revoke-gate.ts';

/** The keys that sign bundles, id → base64: what a gate is told to trust. `app.ts` knows them. */
export type BundleKeys = (k: Kernel) => Promise<{ readonly [kid: string]: string }>;

const schema = z.object({ name: cleanLine(200), publicKey: z.string().trim().max(100) });

type Shown = {
  readonly typed?: { readonly name: string; readonly publicKey: string };
  readonly problem?: Problem;
  readonly made?: { readonly gate: Gate; readonly secret: string };
};

/** `/sites/:id/gates`: register, list, switch off. */
export function gatePages(bundleKeys: BundleKeys): Router {
  const router = createRouter();
  router.get('/sites/:id/gates', async (c) => page(c, bundleKeys));
  router.post('/sites/:id/gates', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const fields = await formFields(c);
    const typed = { name: String(fields.name ?? ''), publicKey: String(fields.publicKey ?? '') };
    const about = { siteId: c.req.param('id') ?? '', partyId: party.id, actor: user.id };
    await siteDetails(c.get('k'), about.siteId, about.partyId);
    try {
      const made = await registerGate(c.get('k'), { ...about, ...checkFields(schema, fields) });
      return page(c, bundleKeys, { made });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return page(c, bundleKeys, { typed, problem: error });
    }
  });
  router.post('/sites/:id/gates/:gate/off', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const [siteId, gateId] = [c.req.param('id'), c.req.param('gate')];
    await revokeGate(c.get('k'), { siteId, gateId, partyId: party.id, actor: user.id });
    return c.redirect(`/sites/${siteId}/gates`, 303);
  });
  return router;
}

async function page(c: HttpContext, bundleKeys: BundleKeys, shown: Shown = {}): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const { site, state } = await siteDetails(k, c.req.param('id') ?? '', party.id);
  const gates = await listGates(k, { siteId: site.id, partyId: party.id });
  const text = gateText(locale);
  const { made, typed, problem } = shown;
  return renderPage(
    c,
    { title: text.title(site.host), status: problem?.status ?? (made ? 201 : 200) },
    <>
      <p>
        <a href={`/sites/${site.id}`}>{site.host}</a>
      </p>
      <h1>{text.title(site.host)}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {made && (
        <section>
          <Notice tone="good">{text.done}</Notice>
          <p>{text.write}</p>
          <pre class="plain">{told(made, await bundleKeys(k))}</pre>
          <p>{text.run}</p>
          <pre class="plain">{command(k.site.baseUrl, site.id)}</pre>
        </section>
      )}
      {gates.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <Table
          caption={text.list}
          head={Object.values(text.head)}
          rows={gates.map((gate) => [
            gate.name,
            <code>{gate.id}</code>,
            formatDate(locale, gate.createdAt),
            gate.revokedAt ? text.off(formatDate(locale, gate.revokedAt)) : text.running,
            gate.revokedAt ? (
              ''
            ) : (
              <ActionForm
                action={`/sites/${site.id}/gates/${gate.id}/off`}
                label={text.switchOff}
                tone="danger"
              />
            ),
          ])}
        />
      )}
      {state !== 'proven' && <p>{text.unproven}</p>}
      {state === 'proven' && !made && (
        <section>
          <h2>{text.add}</h2>
          <p>{text.first}</p>
          <pre class="plain">npm run clearway -- gate-key gate.json</pre>
          <form method="post" action={`/sites/${site.id}/gates`}>
            <Field
              name="name"
              label={text.name}
              hint={text.nameHint}
              value={typed?.name}
              maxLength={200}
              required
            />
            <Field name="publicKey" label={text.key} value={typed?.publicKey} maxLength={100} required />
            <button type="submit" class="main">
              {text.button}
            </button>
          </form>
        </section>
      )}
    </>,
  );
}

function told(
  { gate, secret }: NonNullable<Shown['made']>,
  trust: { readonly [kid: string]: string },
): string {
  return JSON.stringify({ gate: gate.id, site: gate.siteId, secret, trust }, null, 2);
}

function command(baseUrl: string, siteId: string): string {
  return [
    'npm run clearway -- gate --key gate.json --spool usage',
    `  --bundle ${baseUrl}/api/gates/${siteId}/bundle --usage ${baseUrl}/api/segments`,
    '  --origin http://127.0.0.1:8080',
  ].join(' \\\n');
}
