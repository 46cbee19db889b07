import fc from 'fast-check';
import { usageTokens } from '../vocabulary.ts';

const word = fc.constantFrom(
  ...usageTokens,
  'train-ai',
  'ai-summarize',
  'AI-Train',
  'search,ai-train',
  'x:y',
  'nonsense',
  '',
);
type List = { readonly name: string; readonly type: string; readonly words: readonly string[] };
const list: fc.Arbitrary<List> = fc.record({
  name: fc.constantFrom('permits', 'prohibits'),
  type: fc.constantFrom(
    ' type="usage"',
    ' type="usage"',
    ' type="user"',
    ' type="geo"',
    '',
    ' type="application"',
  ),
  words: fc.oneof(
    fc.array(word, { maxLength: 3 }),
    fc.constantFrom(['commercial'], ['Education'], ['commercial,', 'government'], ['x:y,search'], ['x:Y']),
    fc.constantFrom(['DE'], ['de', 'us'], ['US,CN'], ['EU'], ['UK']),
  ),
});
const license = fc
  .record({
    lists: fc.oneof(
      fc.array(list, { maxLength: 4 }),
      // One broad permission and one prohibition: what it says decides everything else.
      list.map((one): List[] => [
        { name: 'permits', type: ' type="usage"', words: ['all'] },
        { ...one, name: 'prohibits' },
      ]),
    ),
    rest: fc.constantFrom(
      '',
      '<payment type="inference"/>',
      '<payment type="free"/>',
      '<payment type="royalty"/>',
      '<payment><amount currency="eur">1</amount></payment>',
      '<unless/>',
      '<payment type="free" id="1"/>',
    ),
  })
  .map(({ lists, rest }) => {
    const text = lists
      .map(({ name, type, words }) => `<${name}${type}>${words.join(' ')}</${name}>`)
      .join('');
    return `<license>${text}${rest}</license>`;
  });
/** Contents of a document, good, strange and damaged; prefixes are `x` only. */
export const damagedContent = fc
  .record({
    attributes: fc.constantFrom(
      'url="/"',
      'url="/a/"',
      'url="/*b$" urn="1"',
      'url="/a/" lastmod="x" version="2"',
      'url=""',
      'url="/" encrypted="yes" server="https://a.example/"',
    ),
    licenses: fc.array(license, { maxLength: 3 }),
  })
  .map(({ attributes, licenses }) => `<content ${attributes}>${licenses.join('')}</content>`);
