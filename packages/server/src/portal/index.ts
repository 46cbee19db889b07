export { type DemoCast, demoPages } from './demo-pages.tsx';
export { type Counter, documentsKeyName, documentsVerifierKey, type Figure, signedCsv } from './numbers.ts';
