import { defineMessages } from '../kernel/index.ts';

/** Where sites live, by what their owners can change there. */
export const HOST_KINDS = [
  'wordpress',
  'wix',
  'squarespace',
  'shopify',
  'webflow',
  'ghost',
  'static',
  'own-server',
  'cloudflare',
  'none',
] as const;
export type HostKind = (typeof HOST_KINDS)[number];

/** Which of the texts fit there. */
export const HOST_TEXTS: {
  readonly [K in HostKind]: readonly ('head' | 'robots' | 'servers' | 'pages' | 'cloudflare')[];
} = {
  wordpress: ['head', 'robots'],
  wix: ['head', 'robots'],
  squarespace: ['head'],
  shopify: ['head', 'robots'],
  webflow: ['head', 'robots'],
  ghost: ['head'],
  static: ['robots', 'pages', 'head'],
  'own-server': ['robots', 'servers'],
  cloudflare: ['cloudflare', 'robots'],
  none: [],
};

/** Where to paste the lines on each kind of host. */
export const hostText = defineMessages(
  {
    title: 'Where does your site live?',
    intro: 'Paste the lines named there, then look. One of the ways is enough; several say the same.',
    look: 'Look now what a bot sees',
    name: {
      wordpress: 'WordPress',
      wix: 'Wix',
      squarespace: 'Squarespace',
      shopify: 'Shopify',
      webflow: 'Webflow',
      ghost: 'Ghost',
      static: 'A folder of files (GitHub Pages, Netlify, Cloudflare Pages)',
      'own-server': 'A server of your own (nginx, Caddy, Apache)',
      cloudflare: 'Cloudflare stands in front of it',
      none: 'I have no site of my own, only a page on a platform',
    },
    where: {
      wordpress:
        'Put the lines into the head of every page: with a plug-in for header code, or in header.php of a child theme. The robots.txt is edited in most SEO plug-ins.',
      wix: 'Settings, custom code, add to the head of all pages. The robots.txt is edited among the SEO tools.',
      squarespace:
        'Settings, code injection, header. The robots.txt there is made by Squarespace and cannot be changed.',
      shopify:
        'In the code of the theme, in theme.liquid before </head>. The robots.txt is made by the template robots.txt.liquid.',
      webflow: 'Site settings, custom code, head. The robots.txt is edited among the SEO settings.',
      ghost: 'Settings, code injection, site header. The robots.txt belongs to the theme.',
      static:
        'Save the file robots.txt in the folder that is published. Cloudflare Pages also reads a file _headers; on GitHub Pages and Netlify put the lines into the head of your pages instead.',
      'own-server': 'Save robots.txt, and include the lines for your server.',
      cloudflare:
        'Rules, transform rules, modify response header; or send the ruleset to the API. If Cloudflare manages your robots.txt, its lines come before yours: look afterwards.',
      none: 'Then your page for the work here is the channel: it has its own address, says your terms to machines in every way, and you can link to it from your profile. Terms that a platform states bind whoever reads that platform, and you cannot change them.',
    },
    works: 'Your works and their pages',
    robotsWhole: 'Your robots.txt as it is now, with what you decided',
    linkOnly: 'Only the Link header',
    linkOnlyWhy:
      'Some site checkers mark robots.txt down for lines they do not know. This way only a header names the terms. Fewer programs read it, and TDMRep and AIPREF say nothing then.',
    law: 'A sentence for your imprint',
    lawWhy:
      'Courts have asked for a reservation that machines can read; the sentence alone is not enough, the lines above are the main thing. This is no legal advice.',
    reviewed: (on: string, by: string) => `Reviewed on ${on} by ${by}.`,
    partsNote:
      'What is not yours is refused in each of these texts: by path in robots.txt, TDMRep, headers and the RSL document. Lines in the head of pages cannot tell paths apart: leave them out on pages that are not yours.',
  },
  {
    title: 'Wo liegt Ihre Website?',
    intro:
      'Setzen Sie die genannten Zeilen dort ein und sehen Sie dann nach. Ein Weg genügt; mehrere sagen dasselbe.',
    look: 'Jetzt nachsehen, was ein Bot sieht',
    name: {
      wordpress: 'WordPress',
      wix: 'Wix',
      squarespace: 'Squarespace',
      shopify: 'Shopify',
      webflow: 'Webflow',
      ghost: 'Ghost',
      static: 'Ein Ordner mit Dateien (GitHub Pages, Netlify, Cloudflare Pages)',
      'own-server': 'Ein eigener Server (nginx, Caddy, Apache)',
      cloudflare: 'Cloudflare steht davor',
      none: 'Ich habe keine eigene Website, nur eine Seite auf einer Plattform',
    },
    where: {
      wordpress:
        'Setzen Sie die Zeilen in den Kopf jeder Seite: mit einem Plug-in für Header-Code oder in header.php eines Child-Themes. Die robots.txt lässt sich in den meisten SEO-Plug-ins bearbeiten.',
      wix: 'Einstellungen, benutzerdefinierter Code, in den Kopf aller Seiten. Die robots.txt steht bei den SEO-Tools.',
      squarespace:
        'Einstellungen, Code-Injection, Header. Die robots.txt macht dort Squarespace, sie lässt sich nicht ändern.',
      shopify:
        'Im Code des Themes, in theme.liquid vor </head>. Die robots.txt entsteht aus der Vorlage robots.txt.liquid.',
      webflow: 'Site settings, custom code, head. Die robots.txt steht bei den SEO-Einstellungen.',
      ghost: 'Einstellungen, Code-Injection, Site header. Die robots.txt gehört zum Theme.',
      static:
        'Legen Sie die Datei robots.txt in den Ordner, der veröffentlicht wird. Cloudflare Pages liest auch eine Datei _headers; auf GitHub Pages und Netlify setzen Sie die Zeilen stattdessen in den Kopf Ihrer Seiten.',
      'own-server': 'Speichern Sie robots.txt und binden Sie die Zeilen für Ihren Server ein.',
      cloudflare:
        'Rules, Transform Rules, Modify Response Header; oder senden Sie das Ruleset an die API. Wenn Cloudflare Ihre robots.txt verwaltet, stehen dessen Zeilen vor Ihren: Sehen Sie danach nach.',
      none: 'Dann ist die Seite Ihres Werks hier der Kanal: Sie hat eine eigene Adresse, sagt Maschinen Ihre Bedingungen auf jede Weise, und Sie können im Profil auf sie verweisen. Was eine Plattform sagt, bindet die Leser der Plattform, und Sie können es nicht ändern.',
    },
    works: 'Ihre Werke und ihre Seiten',
    robotsWhole: 'Ihre robots.txt, wie sie jetzt ist, mit Ihrer Entscheidung',
    linkOnly: 'Nur die Kopfzeile Link',
    linkOnlyWhy:
      'Manche Prüfprogramme werten robots.txt wegen Zeilen ab, die sie nicht kennen. So nennt nur eine Kopfzeile die Bedingungen. Weniger Programme lesen sie, und TDMRep und AIPREF sagen dann nichts.',
    law: 'Ein Satz für Ihr Impressum',
    lawWhy:
      'Gerichte haben einen Vorbehalt verlangt, den Maschinen lesen können; der Satz allein genügt nicht, die Zeilen oben sind die Hauptsache. Das ist keine Rechtsberatung.',
    reviewed: (on, by) => `Durchgesehen am ${on} von ${by}.`,
    partsNote:
      'Was nicht von Ihnen ist, wird in jedem dieser Texte verweigert: nach Pfad in robots.txt, TDMRep, Kopfzeilen und RSL-Dokument. Zeilen im Kopf von Seiten kennen keine Pfade: Lassen Sie sie auf Seiten weg, die nicht von Ihnen sind.',
  },
);
