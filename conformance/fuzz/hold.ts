import { type Issue, issueCodes } from '@clearway/rsl';

/** Throws where something that has to hold does not. */
export function hold(truth: boolean, what: string): void {
  if (!truth) throw new Error(`does not hold: ${what}`);
}

export function issuesHold(issues: readonly Issue[], length: number): void {
  for (const { code, position, message, cure, severity } of issues) {
    hold(code in issueCodes && issueCodes[code][0] === severity, 'every code is one of the list');
    hold(message !== '' && message.length < 1_000 && cure !== '', 'every issue says what and how');
    const { line, column, offset } = position;
    hold(line >= 1 && column >= 1 && offset >= 0 && offset <= length, 'every place is in the text');
  }
}
