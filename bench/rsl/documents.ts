import { type ContentInput, writeDocument } from '@clearway/rsl';

/** What a publisher of some size writes: each section priced for AI, against credit for search, two offers a content. */
function section(index: number): ContentInput {
  const section = `/section-${index}`;
  return {
    url: index % 3 === 0 ? `${section}/*.html` : `${section}/`,
    server: 'https://rights.example/olp',
    licenses: [
      {
        permits: { usage: ['ai-input', 'ai-index'], user: ['commercial', 'education'] },
        payment: {
          type: 'use',
          amount: { currency: 'EUR', decimal: `0.0${(index % 9) + 1}` },
          standard: 'https://rights.example/standard',
        },
      },
      { permits: { usage: ['search'] }, payment: { type: 'attribution' } },
    ],
  };
}

/** A document with so many contents; 50 are 24 kB. */
export function publisher(contents: number): string {
  const [first, ...rest] = Array.from({ length: contents }, (_, index) => section(index));
  return writeDocument({ contents: [first!, ...rest] });
}

/** The worst kind: every content is for the same address, each narrower than the one before. */
export function nested(contents: number): string {
  const [first, ...rest] = Array.from({ length: contents }, (_, index) => ({
    ...section(index),
    url: `/${'a/'.repeat(index)}`,
  }));
  return writeDocument({ contents: [first!, ...rest] });
}
