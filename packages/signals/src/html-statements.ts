import { scanHtmlHead } from '@clearway/rsl';
import { asStatement } from './aipref-damage.ts';
import { licenceStatement } from './cc.ts';
import { readJsonLd } from './json-ld.ts';
import { readAgentMeta, readRobotsMeta } from './noai.ts';
import { type Statement, unreadable } from './statement.ts';
import { policyAlone } from './tdm-fold.ts';
import { readTdmMeta } from './tdmrep.ts';

/** Reads the marks in a page: robots and TDMRep elements, links to Creative Commons, JSON-LD. */
export function htmlStatements(html: string, agent: string): Statement[] {
  const out: Statement[] = [];
  const tdm = readTdmMeta(html, '').map(asStatement);
  for (const { name, attributes, raw, offset } of scanHtmlHead(html)) {
    const { content = '', rel = '', href } = attributes;
    const meta = name === 'meta' ? attributes.name?.trim().toLowerCase() : undefined;
    if (meta === 'tdm-reservation' && content.trim() !== '0' && content.trim() !== '1')
      out.push(unreadable('tdmrep-meta', 'A reservation is 0 or 1.', { raw, offset, usage: 'ai-all' }));
    if (meta === 'tdm-policy' && tdm.length === 0)
      out.push(...policyAlone('tdmrep-meta', content.trim(), { raw, offset }));
    if (name === 'link' && rel.toLowerCase().split(/\s+/).includes('license') && href !== undefined) {
      const licence = licenceStatement(href.trim(), raw, offset);
      if (licence) out.push(licence);
    }
  }
  return [
    ...readRobotsMeta(html, '').map(asStatement),
    ...readAgentMeta(html, '', agent).map(asStatement),
    ...tdm,
    ...out,
    ...readJsonLd(html),
  ];
}
