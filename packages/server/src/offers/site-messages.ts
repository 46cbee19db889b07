import { defineMessages } from '../kernel/index.ts';

/** Words about the terms of a whole site. */
export const siteText = defineMessages(
  {
    title: (host: string) => `Terms for ${host}`,
    notReady: 'Nothing can be offered for this whole site yet:',
    toSite: 'To the site',
    reasons: {
      released: 'You have given the site back.',
      profile: 'This is a page on a platform that somebody else runs.',
      'not-proven': 'You have not shown yet that you control the site.',
      'proof-lapsed': 'Your proof of control is too old. Check it again.',
      'exclusions-not-stated': 'You have not said yet what on the site is not yours.',
      'marks-not-looked': 'We are still looking for the pages with the marks you named.',
      'marks-incomplete': 'We could not look at every page for the marks you named.',
      contested: 'Somebody else has shown control of the same site.',
    },
    whole: 'These terms hold for the whole site, but for what you said is not yours.',
    noWhole: (url: string) =>
      `No terms were published for the whole site, so AI use is not allowed. To offer it, register a work with the address ${url} and publish its terms.`,
    works: (count: number) =>
      count === 1 ? 'One address on the site has terms.' : `${count} addresses on the site have terms.`,
    unsaid: (places: string) =>
      `Not said anywhere: the terms of what lies in a folder for which you refuse everything, search engines too (${places}). Readers would differ on which of the two holds. Let search engines into the folder, and they can be said.`,
    copy: 'Put one of these on your site. All say the same; robots.txt reaches the most.',
    robots: 'At the very top of robots.txt',
    link: 'Header lines',
    html: 'In the head of every page',
    tdmrep: 'As the file /.well-known/tdmrep.json',
    feed: 'In each item of your RSS feed',
    xmp: 'Beside your own pictures and files, as a sidecar (XMP)',
    noAipref: 'AIPREF has no word for what you decided, so nothing is said there.',
    document: 'The document they point to',
    publicIntro: (host: string) =>
      `What the owner of ${host} has published for AI use. Control of the site was checked by this instance.`,
  },
  {
    title: (host) => `Bedingungen für ${host}`,
    notReady: 'Für diese ganze Website kann noch nichts angeboten werden:',
    toSite: 'Zur Website',
    reasons: {
      released: 'Sie haben die Website abgegeben.',
      profile: 'Das ist eine Seite auf einer Plattform, die jemand anderes betreibt.',
      'not-proven': 'Sie haben noch nicht gezeigt, dass Sie die Website kontrollieren.',
      'proof-lapsed': 'Ihr Nachweis ist zu alt. Prüfen Sie ihn erneut.',
      'exclusions-not-stated': 'Sie haben noch nicht gesagt, was auf der Website nicht Ihnen gehört.',
      'marks-not-looked': 'Wir suchen noch die Seiten mit den Kennzeichen, die Sie genannt haben.',
      'marks-incomplete': 'Wir konnten nicht jede Seite auf Ihre Kennzeichen ansehen.',
      contested: 'Jemand anderes hat Kontrolle über dieselbe Website gezeigt.',
    },
    whole:
      'Diese Bedingungen gelten für die ganze Website, außer für das, was nach Ihren Worten nicht Ihnen gehört.',
    noWhole: (url) =>
      `Für die ganze Website wurden keine Bedingungen veröffentlicht, daher: KI-Nutzung nicht erlaubt. Um sie anzubieten, melden Sie ein Werk mit der Adresse ${url} an und veröffentlichen Sie seine Bedingungen.`,
    works: (count) =>
      count === 1
        ? 'Eine Adresse auf der Website hat Bedingungen.'
        : `${count} Adressen auf der Website haben Bedingungen.`,
    unsaid: (places) =>
      `Nirgends gesagt werden die Bedingungen für das, was in einem Ordner liegt, für den Sie alles verweigern, auch Suchmaschinen (${places}). Leser würden verschieden lesen, was davon gilt. Lassen Sie Suchmaschinen in den Ordner, dann lassen sie sich sagen.`,
    copy: 'Setzen Sie eines davon auf Ihre Website. Alle sagen dasselbe; robots.txt erreicht die meisten.',
    robots: 'Ganz oben in robots.txt',
    link: 'Kopfzeilen',
    html: 'In den Kopf jeder Seite',
    tdmrep: 'Als Datei /.well-known/tdmrep.json',
    feed: 'In jeden Eintrag Ihres RSS-Feeds',
    xmp: 'Neben eigene Bilder und Dateien, als Begleitdatei (XMP)',
    noAipref: 'AIPREF hat kein Wort für Ihre Entscheidung, daher steht dort nichts.',
    document: 'Das Dokument, auf das sie zeigen',
    publicIntro: (host) =>
      `Was der Inhaber von ${host} für KI-Nutzung veröffentlicht hat. Die Kontrolle über die Website hat diese Instanz geprüft.`,
  },
);
