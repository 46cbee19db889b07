/** Starts what all tests of a run share. */
export function setup(): void {}
