export { olpRoutes } from './olp-routes.ts';
