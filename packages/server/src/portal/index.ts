export { funnelFigures } from './companies/funnel-figures.ts';
export { companiesRoutes } from './companies/routes.ts';
export { type DemoCast, demoPages } from './demo-pages.tsx';
export { byFace } from './faces/by-face.ts';
export { sortRooms } from './faces/rooms.ts';
export { keysRoutes } from './keys-route.ts';
export { moneyFigures } from './money-figures.ts';
export { type Counter, type Figure, signedCsv } from './numbers.ts';
