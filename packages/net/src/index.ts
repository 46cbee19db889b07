export { isPublicAddress, refusedAddressReason, refusedNameReason } from './address.ts';
export { NetError, type NetErrorCode, netProblems } from './errors.ts';
export {
  createFetch,
  type FetchInit,
  type FetchLimits,
  type FetchOptions,
  type FetchResult,
  type GuardedFetch,
} from './guarded-fetch.ts';
export { createResolver, type ResolvedAddress, type Resolver, type ResolverOptions } from './resolver.ts';
