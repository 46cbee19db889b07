export { disputedOf as heldBack } from '../statements/index.ts';
