import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** A ZIP archive of these files; `packed` deflates them. */
export function makeZip(files: Readonly<Record<string, string>>, packed: boolean): Buffer {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [title, plain] = [Buffer.from(name), Buffer.from(text)];
    const body = packed ? deflateRawSync(plain) : plain;
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(packed ? 8 : 0, 4);
    about.writeUInt32LE(crc32(plain), 10);
    about.writeUInt32LE(body.length, 14);
    about.writeUInt32LE(plain.length, 18);
    about.writeUInt16LE(title.length, 22);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, title, body]);
    locals.push(local);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), about, offset, title]));
    at += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

/** An EPUB with this package document. */
export function makeEpub(opf: string, packed: boolean): Buffer {
  const container =
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>';
  return makeZip(
    { mimetype: 'application/epub+zip', 'META-INF/container.xml': container, 'OEBPS/p.opf': opf },
    packed,
  );
}

/** What of a PDF matters here: an object with compressed metadata, and one with plain. */
export function makePdf(xmp: string): Buffer {
  const packed = deflateSync(Buffer.from(xmp));
  const head = `1 0 obj\n<< /Type /Metadata /Subtype /XML /Filter /FlateDecode /Length ${packed.length} >>\nstream\r\n`;
  const plain = `2 0 obj\n<< /Type /Metadata /Subtype /XML /Length ${Buffer.byteLength(xmp)} >>\nstream\n${xmp}\nendstream\nendobj\n`;
  return Buffer.concat([
    Buffer.from(`%PDF-2.0\n${head}`),
    packed,
    Buffer.from(`\nendstream\nendobj\n${plain}%%EOF\n`),
  ]);
}
