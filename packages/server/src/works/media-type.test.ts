import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, judgeFile, sniffMediaType, TAIL_BYTES } from './media-type.ts';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const judge = (declared: string, content: Uint8Array) =>
  judgeFile(declared, content.subarray(0, HEAD_BYTES), content.subarray(-TAIL_BYTES));

const PNG = latin1(`\x89PNG\r\n\x1a\n${'\0\x01\x02'.repeat(50)}IEND\xaeB\x60\x82`);
const GIF = latin1(`GIF89a\x01\0\x01\0\0\0\0;`);
const EOCD = (comment = '') =>
  latin1(
    `PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0${String.fromCharCode(comment.length)}\0${comment}`,
  );
const DIRECTORY = latin1(`PK\x01\x02${'\0'.repeat(42)}`);
const ZIP = Buffer.concat([latin1('PK\x03\x04\x14\0\0\0'), DIRECTORY, EOCD()]);

describe('judgeFile', () => {
  it('keeps the declared type when the content fits', () => {
    expect(judge('image/png', PNG)).toEqual({ mediaType: 'image/png' });
    expect(judge('Text/Plain; charset=utf-8', latin1('The sea, the sea'))).toEqual({
      mediaType: 'text/plain',
    });
    expect(judge('text/markdown', latin1('<script>is a word in my poem'))).toEqual({
      mediaType: 'text/markdown',
    });
    expect(judge('text/plain', latin1('MZ, the poem'))).toEqual({ mediaType: 'text/plain' });
    expect(judge('application/zip', ZIP)).toEqual({ mediaType: 'application/zip' });
    expect(judge('application/epub+zip', ZIP)).toEqual({ mediaType: 'application/epub+zip' });
    expect(judge('application/x-own', latin1('\0\x01\x02'))).toEqual({ mediaType: 'application/x-own' });
    expect(judge('image/svg+xml', latin1('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual({
      mediaType: 'image/svg+xml',
    });
  });

  it('finds the type when none was declared', () => {
    expect(judge('', PNG)).toEqual({ mediaType: 'image/png' });
    expect(judge('application/octet-stream', GIF)).toEqual({ mediaType: 'image/gif' });
    expect(judge('application/octet-stream', latin1('\0\x01'))).toEqual({
      mediaType: 'application/octet-stream',
    });
    expect(judge('', new Uint8Array(Buffer.from('\ufeffGrüße', 'utf8')))).toEqual({
      mediaType: 'text/plain',
    });
  });

  it.each([
    ['a ZIP named picture', 'image/png', ZIP],
    ['a page named picture', 'image/png', latin1('<!doctype html><script>alert(1)</script>')],
    ['a picture named text', 'text/plain', PNG],
    ['noise named picture', 'image/jpeg', latin1('\0\x01\x02\x03')],
    ['noise named text', 'text/plain', latin1('\0\x01\x02\x03')],
    ['text named sound', 'audio/mpeg', latin1('hello')],
    ['a program named picture', 'image/png', latin1('MZ\x90\0\x03\0\0\0')],
  ])('refuses %s', (_what, declared, content) => {
    expect(judge(declared, content)).toMatchObject({ code: 'file-type-mismatch' });
  });

  it.each([
    ['a picture with an archive behind it', 'image/png', [PNG, ZIP]],
    ['the same with a comment', 'image/png', [PNG, DIRECTORY, EOCD('hello')]],
    ['the same with bytes after the archive', 'image/gif', [GIF, DIRECTORY, EOCD(), latin1('tail')]],
    ['the same with no type declared', '', [PNG, ZIP]],
    ['a picture that is a page', 'image/gif', [latin1('GIF89a/*'), latin1('*/=1;<script>alert(1)</script>')]],
    ['a picture that is PHP', 'image/gif', [GIF, latin1('<?php system($_GET[0]); ?>')]],
    ['a picture that is a PDF', 'image/jpeg', [latin1('\xff\xd8\xff\xe0%PDF-1.4\n')]],
    ['a text with an archive behind it', 'text/plain', [Buffer.alloc(HEAD_BYTES, 'a'), ZIP]],
  ])('refuses %s', (_what, declared, parts) => {
    expect(judge(declared, Buffer.concat(parts))).toMatchObject({ code: 'file-polyglot' });
  });

  it('never fails, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (content, declared) => {
        const verdict = judge(declared, content);
        expect('code' in verdict || typeof verdict.mediaType === 'string').toBe(true);
      }),
    );
  });
});

const works = process.env.CLEARWAY_WORKS ?? join(import.meta.dirname, '../../../../../shared/works');
const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  txt: 'text/plain',
};

describe('real works', () => {
  it('are what they say they are', (context) => {
    if (!existsSync(works)) return context.skip(`no works at ${works}; set CLEARWAY_WORKS`);
    let seen = 0;
    for (const folder of ['audio', 'image', 'text']) {
      for (const name of readdirSync(join(works, folder))) {
        const content = readFileSync(join(works, folder, name));
        const type = TYPES[name.split('.').at(-1)!]!;
        expect(judge(type, content), name).toEqual({ mediaType: type });
        expect(sniffMediaType(content.subarray(0, HEAD_BYTES)), name).toBe(type);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });
});
