import type { EvidenceDocument } from '@clearway/protocol';
import type { Locale } from '../../kernel/index.ts';
import { caseText } from '../messages.ts';
import { Lines } from './case-page.tsx';

type Props = {
  readonly locale: Locale;
  readonly date: string;
  /** Who writes. */
  readonly from: string;
  readonly document: EvidenceDocument;
  readonly sealedSha256: string;
  readonly baseUrl: string;
};

/** A letter to print: what is documented, what it does not claim, and what is asked for. */
export function Letter({ locale, date, from, document, sealedSha256, baseUrl }: Props) {
  const text = caseText(locale).letter;
  const { about, named, shows, doesNotShow } = document;
  const to = about.client === undefined ? text.toDataset : text.to(about.client);
  return (
    <article class="letter">
      <h1>{text.subject}</h1>
      <p>{from}</p>
      <p>
        {to}
        {named.map(({ name }) => (
          <>
            <br />
            {name}
          </>
        ))}
      </p>
      <p>{date}</p>
      <p>{text.seen}</p>
      <Lines lines={shows[locale]} />
      <p>{text.not}</p>
      <Lines lines={doesNotShow[locale]} />
      {about.works.length > 0 && (
        <>
          <p>{text.terms}</p>
          <ul>
            {about.works.map(({ id, title }) => (
              <li>
                {title}: {`${baseUrl}/w/${id}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{text.ask}</p>
      <p>{text.check(sealedSha256)}</p>
      <p>{text.sign}</p>
      <p>{from}</p>
    </article>
  );
}
