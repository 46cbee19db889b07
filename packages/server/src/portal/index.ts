export { type Counter, documentsKeyName, documentsVerifierKey, type Figure, signedCsv } from './numbers.ts';
