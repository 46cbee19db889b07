import { expect, it } from 'vitest';
import { withoutSecrets } from './middleware.ts';

it('keeps links that are secrets out of the log, and what helps to find a fault in it', () => {
  const token = 'CJeDXjuv83BrzqfqxkFAIguGisaSGRkri_R02kREaqg';
  expect(withoutSecrets(`/l/${token}`)).toBe('/l/…');
  expect(withoutSecrets(`/invitations/${token}/accept`)).toBe('/invitations/…/accept');
  for (const path of ['/', '/works/01a2038c-4fb0-7882-b945-280b149b0661/terms', '/api/openapi.json'])
    expect(withoutSecrets(path)).toBe(path);
});
