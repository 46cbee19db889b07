import { type Robots, type RobotsRecord, recordsFor } from '@clearway/rsl';

/** Preferences belong to groups: lines before the first one speak to nobody, unlike RSL's `License`. */
export function groupRecords(robots: Robots, agentToken: string, field: string): readonly RobotsRecord[] {
  const { scope, records } = recordsFor(robots, agentToken, field);
  return scope === 'group' ? records : [];
}
