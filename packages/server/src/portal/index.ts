export { type DemoCast, demoPages } from './demo-pages.tsx';
export { keysRoutes } from './keys-route.ts';
export { moneyFigures } from './money-figures.ts';
export { type Counter, type Figure, signedCsv } from './numbers.ts';
