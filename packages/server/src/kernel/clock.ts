/** Where the time comes from. Everything that needs "now" takes it from here, so that a run can be repeated. */
export type Clock = { now(): Date };

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; for tests, demo and selftest. */
export function fixedClock(start: string): Clock & { advance(ms: number): void; set(iso: string): void } {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (iso) => {
      at = new Date(iso).getTime();
    },
  };
}
