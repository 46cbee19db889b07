import { expect, it } from 'vitest';
import { cleanLine } from '../kernel/index.ts';
import { issueText } from './issue-text.ts';

it.each(['', 'a'.repeat(300), 'a\u202eb', 'a\0b', '\ud800'])(
  'says in German what a check says of %j',
  (text) => {
    for (const { message } of cleanLine(200).safeParse(text).error?.issues ?? []) {
      expect(issueText('en', message)).toBe(message);
      expect(issueText('de', message)).not.toBe(message);
      expect(issueText('de', message)).not.toBe('fehlt oder ist nicht wie erwartet');
    }
  },
);

it('keeps the words of libraries away from people', () => {
  expect(issueText('en', 'Invalid input: expected string, received undefined')).toBe(
    'is missing or not as expected',
  );
});
