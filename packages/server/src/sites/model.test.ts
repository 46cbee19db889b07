import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, readPlace, siteOfPlace } from './model.ts';

const site = (text: string) => {
  const { kind, host, path, url } = siteOfPlace(readPlace(text));
  return [kind, host, path, url];
};

describe('what an address is registered as', () => {
  it.each([
    ['example.org', 'host', 'example.org', '', 'https://example.org/'],
    ['  HTTPS://Example.ORG:443/About?x=1#y ', 'host', 'example.org', '', 'https://example.org/'],
    ['http://example.org', 'host', 'example.org', '', 'http://example.org/'],
    ['example.org.', 'host', 'example.org', '', 'https://example.org/'],
    ['https://www.example.org/', 'host', 'www.example.org', '', 'https://www.example.org/'],
    ['https://bücher.example/', 'host', 'xn--bcher-kva.example', '', 'https://xn--bcher-kva.example/'],
    // The first letter is Cyrillic: shown in a form nobody takes for the Latin one.
    ['https://аpple.com/', 'host', 'xn--pple-43d.com', '', 'https://xn--pple-43d.com/'],
    ['https://medium.com/@Jane', 'profile', 'medium.com', '/@jane', 'https://medium.com/@jane'],
    ['https://jane.medium.com/', 'profile', 'jane.medium.com', '', 'https://jane.medium.com/'],
    ['www.instagram.com/Jane/', 'profile', 'instagram.com', '/jane', 'https://instagram.com/jane'],
    [
      'https://m.soundcloud.com/jane?ref=x',
      'profile',
      'soundcloud.com',
      '/jane',
      'https://soundcloud.com/jane',
    ],
    ['https://twitter.com/jane', 'profile', 'x.com', '/jane', 'https://x.com/jane'],
    ['jane.bandcamp.com', 'profile', 'jane.bandcamp.com', '', 'https://jane.bandcamp.com/'],
    ['flickr.com/photos/jane', 'profile', 'flickr.com', '/photos/jane', 'https://flickr.com/photos/jane'],
    [
      'open.spotify.com/artist/1aB',
      'profile',
      'open.spotify.com',
      '/artist/1aB',
      'https://open.spotify.com/artist/1aB',
    ],
  ])('%s', (text, ...expected) => {
    expect(site(text)).toEqual(expected);
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'site-address-invalid'],
    ['not an address', 'site-address-invalid'],
    ['https://exa\tmple.org', 'site-address-invalid'],
    ['https://exam\u0000ple.org', 'site-address-invalid'],
    ['ftp://example.org', 'site-address-invalid'],
    ['javascript://example.org/%0aalert(1)', 'site-address-invalid'],
    [`https://example.org/${'a'.repeat(2000)}`, 'site-address-invalid'],
    ['https://jane:secret@example.org', 'site-address-userinfo'],
    ['https://127.0.0.1', 'site-address-private'],
    ['https://2130706433', 'site-address-private'],
    ['https://0x7f.1', 'site-address-private'],
    ['https://93.184.216.34', 'site-address-private'],
    ['https://[2606:2800:220:1::1]', 'site-address-private'],
    ['http://localhost', 'site-address-private'],
    ['http://intranet', 'site-address-private'],
    ['http://printer.local', 'site-address-private'],
    ['http://db.internal', 'site-address-private'],
    ['https://example.org:8443', 'site-address-port'],
    ['https://instagram.com', 'site-profile-unclear'],
    ['https://instagram.com/p/abc', 'site-profile-unclear'],
    ['https://medium.com/some-story', 'site-profile-unclear'],
    ['https://soundcloud.com/jane/track', 'site-profile-unclear'],
    ['https://a.b.bandcamp.com', 'site-profile-unclear'],
  ])('%s → %s', (text, code) => {
    expect(() => site(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe('which addresses a site covers', () => {
  const on = (text: string, address: string) => covers(siteOfPlace(readPlace(text)), readPlace(address));
  it.each([
    ['example.org', 'https://example.org/a/b?c', true],
    ['example.org', 'http://example.org/', true],
    ['example.org', 'https://www.example.org/', false],
    ['example.org', 'https://evil-example.org/', false],
    ['soundcloud.com/jane', 'https://www.soundcloud.com/Jane/track', true],
    ['soundcloud.com/jane', 'https://soundcloud.com/jane-doe/track', false],
    ['soundcloud.com/jane', 'https://soundcloud.com/', false],
    ['jane.bandcamp.com', 'https://jane.bandcamp.com/track/x', true],
    ['jane.bandcamp.com', 'https://joe.bandcamp.com/track/x', false],
  ])('%s and %s: %s', (text, address, expected) => {
    expect(on(text, address)).toBe(expected);
  });

  it('a registered address reads the same again', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    fc.assert(
      fc.property(label, label, fc.webPath(), (a, b, path) => {
        const first = siteOfPlace(readPlace(`https://${a}.${b}.example${path}`));
        expect(siteOfPlace(readPlace(first.url))).toEqual(first);
      }),
    );
  });
});
