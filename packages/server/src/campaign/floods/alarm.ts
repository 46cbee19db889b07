import type { AlarmKind } from './store-floods.ts';

/** An alarm as the operator sees it. `key` is a network hash, a mail domain, a country, who signs for others, or empty. */
export type Alarm = {
  readonly id: string;
  readonly kind: AlarmKind;
  readonly key: string;
  readonly raisedAt: Date;
  readonly lastSeenAt: Date;
  /** The most sign-ups within `minutes`, and how many are usual in that time. */
  readonly peak: number;
  readonly usual: number;
  readonly minutes: number;
  readonly closedAt: Date | null;
};
