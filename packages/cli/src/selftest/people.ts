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

/** Runs the instance too; whatever concerns money needs two of them. */
export const OLGA = { key: 'olga', name: 'Olga Brandt', email: 'olga@guild.example' } as const;

/** Leads data at the AI company. */
export const SAM = { key: 'sam', name: 'Sam Ode', email: 'sam@candela.example' } as const;

/** Her counsel, who may sign. */
export const PRIYA = { key: 'priya', name: 'Priya Nair', email: 'priya@candela.example' } as const;

export const COMPANY = { name: 'Candela Research', host: 'candela.example' } as const;
