export { type DemoCast, demoPages } from './demo-pages.tsx';
export { type Counter, type Figure, signedCsv } from './numbers.ts';
