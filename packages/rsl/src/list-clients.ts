import { webAddress } from './addresses.ts';
import type { Question } from './evaluation.ts';
import { preparePath } from './match-path.ts';
import type { RslDocument } from './model.ts';
import { findMatches } from './pattern-index.ts';
import { countryOutside } from './places.ts';
import { prepareDocument } from './prepare-document.ts';
import { userTokens } from './vocabulary.ts';

/** A kind of client, as far as the licences of a scope tell kinds apart (RSL 1.0 §3.4.1.2, §3.5, §3.12). */
export interface ClientKind {
  readonly userClass?: string;
  /** A place as a licence names it, or `elsewhere`. */
  readonly place?: string;
  /** It makes every report that is asked for. */
  readonly reports?: true;
}

interface Asking {
  readonly client: ClientKind;
  readonly question: Partial<Question>;
}

/** The kinds of clients the licences for an address tell apart; none where they do not, or where there are too many. */
export function clientsFor(document: RslDocument, sample: string, limit: number): Asking[] {
  const { contents, index } = prepareDocument(document);
  const address = sample.startsWith('/') ? undefined : webAddress(sample);
  const path = preparePath(address ? address.pathname + address.search : sample);
  const licenses = findMatches(index, path).flatMap((place) => contents[place]!.licenses);
  const classes = new Set(licenses.flatMap(({ users = [], barredUsers = [] }) => [...users, ...barredUsers]));
  const places = new Set(licenses.flatMap((one) => [...(one.places ?? []), ...(one.barredPlaces ?? [])]));
  const profiles = new Set(
    licenses.flatMap(({ license }) => license.reporting.map(({ profile = '' }) => profile)),
  );
  if ((classes.size + 5) * (places.size + 1) > 2 * limit) return [];
  let list: Asking[] = [{ client: {}, question: {} }];
  function tell(kinds: readonly Asking[]): void {
    list = list.flatMap(({ client, question }) =>
      kinds.map((kind) => {
        return { client: { ...client, ...kind.client }, question: { ...question, ...kind.question } };
      }),
    );
  }
  if (classes.size > 0) {
    const all = new Set([...userTokens, ...classes]);
    tell([...all].map((userClass) => ({ client: { userClass }, question: { userClass } })));
  }
  if (places.size > 0) {
    const outside = countryOutside([...places]);
    tell([
      ...[...places].map((place) => ({ client: { place }, question: { places: [place] } })),
      ...(outside ? [{ client: { place: 'elsewhere' }, question: { places: [outside] } }] : []),
    ]);
  }
  if (profiles.size > 0) {
    const silent: Asking = { client: {}, question: {} };
    tell([silent, { client: { reports: true }, question: { reportingProfiles: [...profiles] } }]);
  }
  return list.length === 1 || list.length > limit ? [] : list;
}
