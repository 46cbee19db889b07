import { webAddress } from './addresses.ts';
import type { Question, TraceStep } from './evaluation.ts';
import { preparePath } from './match-path.ts';
import type { License, RslDocument } from './model.ts';
import { findMatches } from './pattern-index.ts';
import { prepareDocument } from './prepare-document.ts';
import type { XmlElement } from './xml.ts';

/** What a document says that has no part in the answer to a question, in the order of the text, each with its reason. */
export function explainIgnored(document: RslDocument, { url: asked, agent }: Question): TraceStep[] {
  const { contents, index } = prepareDocument(document);
  const address = asked.startsWith('/') ? undefined : webAddress(asked);
  const matching = new Set(
    findMatches(index, preparePath(address ? address.pathname + address.search : asked)),
  );
  const steps = skipped(document.extensions);
  for (const [place, { content, url, origin, licenses }] of contents.entries()) {
    const { position } = content;
    if (url === '')
      steps.push({ rule: 'R18', text: 'A content without a url is for nothing here.', position });
    else if (!matching.has(place) || (origin !== undefined && address && address.origin !== origin)) {
      steps.push({ rule: 'R17', text: `The content for "${url}" is for other addresses.`, position });
    } else {
      steps.push(...skipped(content.extensions), ...licenses.flatMap(({ license }) => unread(license)));
    }
  }
  if (agent !== undefined) {
    steps.push({
      rule: 'R67',
      text: `No document speaks of agents; robots.txt decides which one is for ${agent}.`,
    });
  }
  return steps;
}

function unread({ permits, prohibits, payment, extensions }: License): TraceStep[] {
  const names = [...permits, ...prohibits].flatMap(({ tokens, position }) =>
    tokens.flatMap(({ text, namespace }) =>
      namespace === undefined
        ? []
        : [{ rule: 'R36', text: `"${text}" is a name of ${namespace} and has no meaning here.`, position }],
    ),
  );
  return [...names, ...skipped(extensions), ...skipped(payment?.extensions ?? [])];
}

function skipped(extensions: readonly XmlElement[]): TraceStep[] {
  return extensions.map(({ name, namespace, position }) => {
    return { rule: 'R8', text: `<${name}> of ${namespace} is skipped with all it holds.`, position };
  });
}
