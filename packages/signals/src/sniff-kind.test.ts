import { describe, expect, it } from 'vitest';
import { openFile } from './open-file.ts';

const place = { url: 'https://a.example/', at: '2026-11-22T08:00:00Z' };
const octets = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

async function kinds(name: string, body: string, named = false): Promise<string[]> {
  return (await openFile(name, octets(body), place, { named })).map((one) => one.kind);
}

describe('a file whose name does not say what it is', () => {
  it.each([
    ['robots (1).txt', 'User-agent: *', 'robots'],
    ['example.com-robots.txt', '', 'robots'],
    ['x', '# hello\r\nUSER-AGENT : a\r\nContent-Usage: train-ai=n', 'robots'],
    ['ai (2).txt', 'User-Agent: *\nDisallow: *.jpg', 'ai-txt'],
    ['air.txt', 'User-Agent: *\nDisallow: *.jpg', 'robots'],
    ['headers (1).txt', 'Content-Usage: train-ai=n', 'headers'],
    ['x', 'HTTP/1.1 200 OK\r\nLink: <a>; rel=license', 'headers'],
    ['x.json', ' [{"location":"/", "tdm-reservation": 1}', 'tdmrep'],
    ['x.json', '{"@context":["http://www.w3.org/ns/odrl.jsonld"]}', 'tdm-policy'],
    ['license.txt', '\u00ef\u00bb\u00bf<?xml version="1.0"?>\n<!-- <a> -->\n<RSL/>', 'rsl'],
    ['license.xml', 'no XML at all', 'rsl'],
    ['x.xml', '<a:rsl xmlns:a="http://rslstandard.org/rsl"/>', 'rsl'],
    ['x.rss', '<rss xmlns:rsl="https://rslstandard.org/rsl"/>', 'rsl'],
    ['x', '<!DOCTYPE html><p>', 'html'],
    ['x', '<meta name=robots content=noai>', 'html'],
    ['x', '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', 'xmp'],
    ['x.webp', 'RIFF....WEBP', 'xmp'],
    ['x', 'RIFF....WEBPVP8X', 'xmp'],
    ['x', '\u00ff\u00d8\u00ff', 'xmp'],
    ['x', '%PDF-1.7', 'xmp'],
    ['x', 'PK\u0003\u0004....mimetypeapplication/epub+zip', 'epub-opf'],
  ])('%s %j is %s', async (name, body, kind) => {
    expect(await kinds(name, body)).toEqual([kind]);
  });

  it.each([
    ['x', ''],
    ['x', 'Roses are red: violets are blue'],
    ['sitemap.xml', '<urlset/>'],
    ['x.rss', '<rss/>'],
    ['x.json', '{}'],
    ['x.zip', 'PK\u0003\u0004'],
    ['x', '<!-- <rsl>'],
    ['x', `<${'<'.repeat(10_000)}`],
    ['x', '<?a?>'.repeat(5_000)],
  ])('%s %j is nothing that speaks', async (name, body) => {
    expect(await kinds(name, body)).toEqual([]);
  });

  it('in a folder named as on a site, other files do not speak for it', async () => {
    expect(await kinds('robots (1).txt', 'User-agent: *\nAllow: /', true)).toEqual([]);
    expect(await kinds('old/x.json', '[{"location":"/","tdm-reservation":0}]', true)).toEqual([]);
    expect(await kinds('terms.xml', '<rsl/>', true)).toEqual(['rsl']);
    expect(await kinds('sitemap.xml', '<urlset/>', true)).toEqual([]);
  });
});
