import { describe, expect, it } from 'vitest';
import { readXml } from './read-xml.ts';
import { XmlError } from './xml.ts';

function refusal(input: string | Uint8Array, limits = {}): string {
  try {
    readXml(input, limits);
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('reading XML (R1, R104)', () => {
  it('reads elements, attributes, namespaces and places', () => {
    const root = readXml('<a xmlns="urn:x" xmlns:p="urn:y">\n  <p:b c="1&lt;2">t<![CDATA[<u>]]></p:b>\n</a>');
    const child = root.children.find((one) => typeof one !== 'string');
    expect(root).toMatchObject({ local: 'a', namespace: 'urn:x', position: { line: 1, column: 1 } });
    expect(child).toMatchObject({ name: 'p:b', namespace: 'urn:y', position: { line: 2, column: 3 } });
    expect(child).toMatchObject({ attributes: [{ local: 'c', value: '1<2' }], children: ['t', '<u>'] });
  });

  it('stops at depth 64', () => {
    expect(refusal('<a>'.repeat(63) + '</a>'.repeat(63))).toBe('accepted');
    expect(refusal('<a>'.repeat(64) + '</a>'.repeat(64))).toBe('xml-too-deep');
    expect(refusal('<a>'.repeat(300_000))).toBe('xml-too-deep');
  });

  it('refuses a DOCTYPE, whatever is in it', () => {
    expect(refusal('<!DOCTYPE a><a/>')).toBe('xml-doctype');
    expect(refusal('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toBe('xml-doctype');
  });

  it('refuses entities it was never told of', () => {
    expect(refusal('<a>&b;</a>')).toBe('xml-not-well-formed');
  });

  it('refuses an encoding other than UTF-8, declared or real', () => {
    expect(refusal('<?xml version="1.0" encoding="utf-8"?><a/>')).toBe('accepted');
    expect(refusal('<?xml version="1.0" encoding="UTF-16"?><a/>')).toBe('xml-encoding');
    expect(refusal(new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toBe('xml-encoding');
    expect(refusal('<?xml version="1.1"?><a/>')).toBe('xml-version');
  });

  it('counts bytes, elements, attributes and text', () => {
    expect(refusal(`<a>${'ä'.repeat(600_000)}</a>`)).toBe('xml-too-large');
    expect(refusal(`<a>${'x'.repeat(200)}</a>`, { maxTextBytes: 100 })).toBe('xml-too-large');
    expect(refusal(`<a>${'<b/>'.repeat(20_000)}</a>`)).toBe('xml-too-many-elements');
    const attributes = Array.from({ length: 65 }, (_, index) => `a${index}="1"`).join(' ');
    expect(refusal(`<a ${attributes}/>`)).toBe('xml-too-many-attributes');
    expect(refusal(`<a>${'<b c="1"/>'.repeat(20)}</a>`, { maxAttributes: 10 })).toBe(
      'xml-too-many-attributes',
    );
  });

  it('accepts a byte order mark', () => {
    expect(refusal('\uFEFF<a/>')).toBe('accepted');
    expect(refusal(new TextEncoder().encode('\uFEFF<a/>'))).toBe('accepted');
  });
});
