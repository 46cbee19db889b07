export type { Delivery, DeliveryOptions } from './node/deliver-segments.ts';
export { postSegments, startDelivery } from './node/deliver-segments.ts';
export type { Next } from './node/middleware.ts';
export { gateMiddleware } from './node/middleware.ts';
export type { Spool, SpoolOptions } from './node/spool.ts';
export { openSpool } from './node/spool.ts';
