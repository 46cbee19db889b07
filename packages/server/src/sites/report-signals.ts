import { check, describeGrants, grantsOf, type Issue, type Level, levelOf } from '@clearway/rsl';
import {
  describeReport,
  type Gathered,
  openFile,
  type ReportDescription,
  readHar,
  rslIn,
  type SignalSource,
} from '@clearway/signals';
import { failCommon, type Kernel, type Limit, type Locale } from '../kernel/index.ts';
import { readPlace } from './model.ts';
import { failSites } from './problems.ts';
import { type AddressSignals, readAddress, readSources } from './read-address.ts';
import { agentsIn, fileAddress, NOWHERE, type ReadPlace, readPlaces } from './read-places.ts';
import { portsAllowed } from './register-site.ts';
import { reportText } from './report-messages.ts';

/** What anybody can ask about: an address, or a file as it stands on a site. */
export type Asked =
  | { readonly url: string }
  | {
      readonly name: string;
      readonly body: Uint8Array;
      /** Which address on the site is meant; without one every part the file speaks of is told. */
      readonly address?: string | undefined;
    };

/** One RSL document and what it really grants. */
export type ReadLicense = {
  readonly url: string;
  readonly level: Level;
  readonly sentence: string | undefined;
  readonly issues: readonly Issue[];
};

/** "What does a bot see?", for somebody who need not be known. */
export type SignalReport = ReportDescription & {
  readonly url: string;
  readonly at: string;
  /** The name of the platform, where the address is on one: what stands there is not the member's doing. */
  readonly platform: string | undefined;
  readonly asked: Gathered['asked'];
  readonly licenses: readonly ReadLicense[];
  /** Of a file without an address that knows parts of a site: each of them. */
  readonly places: readonly ReadPlace[];
};

const PER_NETWORK: Limit = { name: 'sites.report', per: 60, windowMs: 3_600_000, burst: 12 };
/** A site must not feel that many people look at it through us. */
const PER_HOST: Limit = { name: 'sites.report-host', per: 120, windowMs: 3_600_000, burst: 20 };
const MAX_ISSUES = 20;

/**
 * Says what an address, or a file, tells every kind of AI agent, with what contradicts itself and how to mend it. Asks the web
 * through the guarded fetch, so call it outside a transaction.
 * @throws as `readPlace` for an address that cannot be a public one; `signals-nothing-to-read`, `site-address-invalid`, `too-many-requests`
 */
export async function reportSignals(
  k: Kernel,
  asked: Asked,
  about: { readonly locale: Locale; readonly network: string },
): Promise<SignalReport> {
  take(k, PER_NETWORK, about.network);
  if (!('url' in asked)) {
    const found = await readFile(k, asked);
    const said = describe(found, about.locale, undefined);
    const alone = found.gathered.url === NOWHERE;
    return withPlaces(
      said,
      alone ? await readPlaces(k, found.gathered.sources, about.locale) : [],
      about.locale,
    );
  }
  const place = readPlace(asked.url, { allowPorts: portsAllowed(k) });
  take(k, PER_HOST, place.host);
  return describe(await readAddress(k, place.href), about.locale, place.platform?.name);
}

async function readFile(
  k: Kernel,
  { name, body, address }: Exclude<Asked, { readonly url: string }>,
): Promise<AddressSignals> {
  const { url, sources } = await sourcesIn(k, name, body, fileAddress(address));
  if (sources.length === 0) throw failSites('signals-nothing-to-read', { detail: name.slice(0, 100) });
  const report = await readSources(k, url, sources, agentsIn(sources));
  return { report, gathered: { url, sources, asked: [], ignored: [], review: [] } };
}

async function sourcesIn(
  k: Kernel,
  name: string,
  body: Uint8Array,
  url: string,
): Promise<{ url: string; sources: readonly SignalSource[] }> {
  if (!/\.har$/i.test(name)) {
    const place = { url, at: k.clock.now().toISOString() };
    return { url, sources: await openFile(name, body, place) };
  }
  try {
    return await readHar(new TextDecoder().decode(body), url === NOWHERE ? undefined : url);
  } catch (error) {
    if (error instanceof TypeError) throw failSites('signals-nothing-to-read', { detail: error.message });
    throw error;
  }
}

function describe(
  { gathered, report }: AddressSignals,
  locale: Locale,
  platform: string | undefined,
): SignalReport {
  const { url, asked, sources } = gathered;
  const licenses = sources.flatMap((source): ReadLicense[] => {
    const { status = 200, url: address, body } = source;
    if (status !== 200) return [];
    return rslIn(source).map(({ document, issues: found, association }) => {
      // Of a document of its own there is more to say than of a part of something.
      const own = association === 'site' || source.kind === 'rsl' ? check(body) : undefined;
      const issues = own?.document ? own.issues : found;
      const sentence = document && describeGrants(grantsOf(document), locale);
      return { url: address, level: levelOf(issues), sentence, issues: issues.slice(0, MAX_ISSUES) };
    });
  });
  const at = report.at;
  return { ...describeReport(report, locale, gathered), url, at, platform, asked, licenses, places: [] };
}

/** What a file says, part by part: then silence at the start page is no silence, and faults may stand anywhere. */
function withPlaces(said: SignalReport, places: readonly ReadPlace[], locale: Locale): SignalReport {
  if (places.length === 0) return said;
  const findings = new Map(
    [said, ...places]
      .flatMap((one) => one.findings)
      .filter((one) => one.code !== 'silent')
      .map((one) => [`${one.code} ${one.text}`, one]),
  );
  return { ...said, places, findings: [...findings.values()], sentence: reportText(locale).byPlace };
}

function take(k: Kernel, limit: Limit, key: string): void {
  const wait = k.limits.take(limit, key);
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
}
