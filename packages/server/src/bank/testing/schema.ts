import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

const folder = join(process.env.CLEARWAY_VECTORS ?? '../shared/vectors', 'iso20022');

/** Why tests against the schemas of ISO 20022 are skipped; empty where the schemas are there. */
export const noSchemas = existsSync(folder) ? '' : ` (skipped: no schemas in ${folder})`;

/** What the schema finds wrong with a document; undefined when it is valid. */
export function schemaError(message: 'pain.001.001.09' | 'camt.053.001.08', xml: string): string | undefined {
  const schema = XmlDocument.fromString(readFileSync(join(folder, `${message}.xsd`), 'utf8'));
  const validator = XsdValidator.fromDoc(schema);
  try {
    const document = XmlDocument.fromString(xml);
    try {
      validator.validate(document);
      return undefined;
    } finally {
      document.dispose();
    }
  } catch (error) {
    return String(error);
  } finally {
    validator.dispose();
    schema.dispose();
  }
}
