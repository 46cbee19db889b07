/** Who plays in the selftest. Invented. */
export const MAYA = {
  key: 'maya',
  name: 'Maya Lindqvist',
  email: 'maya@lighthouse-press.example',
  craft: 'songwriter',
  country: 'DE',
} as const;

export const LEO = { key: 'leo', name: 'Leo Okafor', email: 'leo@lighthouse-press.example' } as const;

export const OPERATOR = { key: 'operator' } as const;
