import { defineMessages } from '../kernel/index.ts';

/** The texts of sites. What a check came to is in `result-messages.ts`. */
export const sitesText = defineMessages(
  {
    title: 'My sites',
    intro:
      'Show that a website or a profile is yours. Then terms you set for works there carry your name and the proof.',
    empty: {
      title: 'No site yet',
      body: 'Add the address of your website, or of your page on a platform such as Bandcamp or SoundCloud. You need no site to register a work.',
    },
    add: {
      title: 'Add a site',
      label: 'Address of your website or profile',
      hint: 'For example https://example.org or https://soundcloud.com/your-name. www.example.org and example.org count as two sites.',
      button: 'Add and show how to prove it',
    },
    table: {
      caption: 'Your sites',
      place: 'Address',
      kind: 'Kind',
      state: 'State',
      until: 'Proof holds until',
    },
    kind: { host: 'Website', profile: 'Profile on a platform' },
    state: {
      proven: 'Proven',
      waiting: 'A person is looking',
      lapsed: 'Proof has run out',
      open: 'Not proven yet',
    },
    method: {
      file: 'by a file on the site',
      dns: 'by a DNS entry',
      meta: 'by a line in the home page',
      code: 'by a code in the profile',
      moderator: 'checked by a person',
    },
    provenBy: (how: string, at: string, until: string) => `Proven ${how} on ${at}; holds until ${until}.`,
    renewed:
      'We look again every week and extend the proof as long as we find your value. So leave it in place.',
    contested:
      'Somebody else has proven control of the same address too. Both proofs are shown; the operator looks into it.',
    released: 'You have given this site up. Nothing counts as proven through it any more.',
    prove: {
      title: 'Prove that the site is yours',
      intro: 'Choose one of three ways. Each is enough. The value is the same for all and is no secret.',
      expires: (date: string) => `The value waits for you until ${date}.`,
      file: {
        title: 'With a file',
        first: 'Make a text file named clearway.txt with exactly this line:',
        next: 'Put it in the folder .well-known on your site, so that it opens at this address:',
        button: 'I have put the file there: check now',
      },
      dns: {
        title: 'With a DNS entry',
        first:
          'Open the settings of your domain at your provider and add an entry of the type TXT. Its name:',
        next: 'Its value:',
        wait: 'It can take up to an hour until the entry is visible.',
        button: 'I have added the entry: check now',
      },
      meta: {
        title: 'With a line in your home page',
        first: 'Add this line between <head> and </head> of this page:',
        next: 'The line:',
        button: 'I have added the line: check now',
      },
      code: {
        title: 'With a code in your profile',
        first: (field: string) => `Sign in to the platform and put this code into ${field}:`,
        field: {
          bio: 'your biography',
          about: 'the text about you',
          description: 'the description',
          publication: 'the short description of your publication',
        },
        after: 'You may write it at the end of your text. Leave it there, so that we can extend the proof.',
        button: 'The code is in my profile: check now',
        refuses:
          'This platform does not let programs read profiles. After your click a person opens your profile and looks. That is not your mistake and takes a little longer.',
        askPerson: 'Ask a person to look',
        waiting:
          'A person will look at your profile. You will get a mail with the result; leave the code in place.',
      },
    },
    exclusions: {
      title: 'What on this site is not yours?',
      intro:
        'Reports and pictures of an agency, texts by freelances and guests who kept their rights, letters and comments by readers: before terms can hold for the whole site, say what is not yours. Only what is yours is offered; the rest is refused in every channel.',
      none: 'Everything on this site is mine to license',
      some: 'Some parts are not mine',
      paths: 'Parts that are not yours',
      pathsHint:
        'One part a line: the path, a space, and what is there. For example: /guests/ texts by guest authors. A star stands for anything, as in /*.pdf$ for all PDF files. Or a mark we look for on your pages: “credit: dpa” for an agency’s credit, “creator: Reuters” for a name in the data of the page (JSON-LD), “tag: readers-letters” for a tag of your CMS, “feed: /agency.xml” for all items of a feed.',
      button: 'Keep this statement',
      statedNone: (date: string) => `On ${date} you said that everything on this site is yours.`,
      statedSome: (date: string) => `On ${date} you said that these parts are not yours:`,
      path: 'Path or mark',
      what: 'What is there',
      kind: { path: '', feed: 'feed: ', credit: 'credit: ', creator: 'creator: ', tag: 'tag: ' },
      found: (pages: number, date: string) =>
        pages === 1
          ? `One page with these marks was found, last look on ${date}.`
          : `${pages} pages with these marks were found, last look on ${date}.`,
      not: 'You have not said anything yet.',
      choose: 'Your answer',
    },
    siteWide: {
      title: 'Terms for the whole site',
      ready: 'Everything is in place to set terms for the whole site.',
      see: 'See the terms of this site and the texts to put on it',
      not: 'Terms for the whole site need this first:',
      reasons: {
        released: 'The site has been given up.',
        profile:
          'A profile lies on somebody else’s server. Terms are set for single works there, not for the site.',
        'not-proven': 'Prove that the site is yours.',
        'proof-lapsed': 'Prove once more that the site is yours; the last proof has run out.',
        'exclusions-not-stated': 'Say what on the site is not yours.',
        'marks-not-looked':
          'We look for the pages with the marks you named. That takes some minutes; come back then.',
        'marks-incomplete':
          'We could not look at every page: there is no sitemap, a page did not answer, or there are more than 500. Name paths or a feed instead.',
        contested: 'Two parties have proven the same address. The operator has to settle that first.',
      },
    },
    checks: { title: 'What we saw', at: 'When', how: 'Way', result: 'Result', seen: 'Details' },
    seen: {
      asked: 'Asked',
      status: 'The server answered with status',
      redirectedTo: 'It sent us on to',
      found: 'Found instead',
      note: 'Note',
    },
    release: {
      title: 'Give this site up',
      body: 'Works and terms stay; nothing counts as proven through this site any more.',
      button: 'Give up this site',
    },
    reviews: {
      title: 'Profiles to check',
      intro:
        'These platforms let no program read the profile. Open the profile and see whether the code stands in the person’s own text, not in a comment.',
      empty: { title: 'Nothing to check', body: 'Profiles that need a person’s look appear here.' },
      profile: 'Profile',
      owner: 'Says it is theirs',
      code: 'Code to look for',
      since: 'Waiting since',
      reason: 'Why a person',
      claimed: 'Somebody is looking at this one since',
      claim: 'I am looking at this one',
      note: 'What you saw (the person gets this by mail)',
      confirm: 'The code is there: confirm control',
      refuse: 'The code is not there: refuse',
      contested: 'Addresses proven by more than one party',
      reasons: {
        'platform-refuses-programs': 'The platform is known to refuse programs',
        'platform-shows-another-page': 'The platform showed another page',
        'platform-answers-with-error': 'The platform answered with an error',
        'platform-shows-sign-in': 'The platform showed a sign-in form',
        'code-elsewhere-on-page': 'The code is on the page, but not in its description',
        'asked-by-owner': 'The person asked for it',
        'proof-ends': 'The proof ends soon',
      },
    },
    mail: {
      hello: (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`),
      open: 'Open the site’s page',
      ends: {
        subject: (place: string, date: string) => `Your proof for ${place} ends on ${date}`,
        body: (place: string, date: string) =>
          `You proved that ${place} is yours. The proof is renewed every week as long as we see your value there; lately that was not possible.\n\nThe proof holds until ${date}. Put the value back, or prove it anew; the page of the site shows how.`,
      },
      ended: {
        subject: (place: string, _at: string) => `Your proof for ${place} has run out`,
        body: (place: string, _at: string) =>
          `We could not find your value on ${place} for a while, so control of it no longer counts as proven.\n\nYour works and terms are kept. Prove it anew whenever you like.`,
      },
      confirmed: {
        subject: (place: string, _note: string) => `${place} is confirmed as yours`,
        body: (place: string, note: string) =>
          `A person looked at ${place} and confirmed that it is yours.\n\nTheir note: ${note}`,
      },
      refused: {
        subject: (place: string, _note: string) => `${place} could not be confirmed yet`,
        body: (place: string, note: string) =>
          `A person looked at ${place} and could not confirm it. Their note: ${note}\n\nCheck that the code stands in your profile’s own text and ask again.`,
      },
    },
  },
  {
    title: 'Meine Websites',
    intro:
      'Zeigen Sie, dass eine Website oder ein Profil Ihnen gehört. Bedingungen für Werke dort tragen dann Ihren Namen und den Nachweis.',
    empty: {
      title: 'Noch keine Website',
      body: 'Fügen Sie die Adresse Ihrer Website hinzu oder die Ihrer Seite auf einer Plattform wie Bandcamp oder SoundCloud. Um ein Werk anzumelden, brauchen Sie keine Website.',
    },
    add: {
      title: 'Website hinzufügen',
      label: 'Adresse Ihrer Website oder Ihres Profils',
      hint: 'Zum Beispiel https://example.org oder https://soundcloud.com/ihr-name. www.example.org und example.org gelten als zwei Websites.',
      button: 'Hinzufügen und zeigen, wie der Nachweis geht',
    },
    table: {
      caption: 'Ihre Websites',
      place: 'Adresse',
      kind: 'Art',
      state: 'Stand',
      until: 'Nachweis gilt bis',
    },
    kind: { host: 'Website', profile: 'Profil auf einer Plattform' },
    state: {
      proven: 'Nachgewiesen',
      waiting: 'Ein Mensch sieht nach',
      lapsed: 'Nachweis abgelaufen',
      open: 'Noch nicht nachgewiesen',
    },
    method: {
      file: 'mit einer Datei auf der Website',
      dns: 'mit einem DNS-Eintrag',
      meta: 'mit einer Zeile in der Startseite',
      code: 'mit einem Code im Profil',
      moderator: 'von einem Menschen geprüft',
    },
    provenBy: (how, at, until) => `Nachgewiesen am ${at}, ${how}; gilt bis ${until}.`,
    renewed:
      'Wir sehen jede Woche nach und verlängern den Nachweis, solange wir Ihren Wert finden. Lassen Sie ihn also stehen.',
    contested:
      'Noch jemand hat dieselbe Adresse als eigene nachgewiesen. Beide Nachweise werden gezeigt; der Betreiber klärt das.',
    released: 'Sie haben diese Website abgegeben. Über sie gilt nichts mehr als nachgewiesen.',
    prove: {
      title: 'Zeigen, dass die Website Ihnen gehört',
      intro:
        'Wählen Sie einen von drei Wegen. Jeder genügt. Der Wert ist überall derselbe und kein Geheimnis.',
      expires: (date) => `Der Wert wartet bis zum ${date} auf Sie.`,
      file: {
        title: 'Mit einer Datei',
        first: 'Legen Sie eine Textdatei namens clearway.txt mit genau dieser Zeile an:',
        next: 'Legen Sie sie in den Ordner .well-known Ihrer Website, sodass sie unter dieser Adresse erscheint:',
        button: 'Die Datei liegt dort: jetzt prüfen',
      },
      dns: {
        title: 'Mit einem DNS-Eintrag',
        first:
          'Öffnen Sie bei Ihrem Anbieter die Einstellungen Ihrer Domain und fügen Sie einen Eintrag vom Typ TXT hinzu. Sein Name:',
        next: 'Sein Wert:',
        wait: 'Bis der Eintrag sichtbar ist, kann es eine Stunde dauern.',
        button: 'Der Eintrag ist da: jetzt prüfen',
      },
      meta: {
        title: 'Mit einer Zeile in Ihrer Startseite',
        first: 'Fügen Sie die Zeile zwischen <head> und </head> dieser Seite ein:',
        next: 'Die Zeile:',
        button: 'Die Zeile ist eingefügt: jetzt prüfen',
      },
      code: {
        title: 'Mit einem Code in Ihrem Profil',
        first: (field) => `Melden Sie sich bei der Plattform an und schreiben Sie diesen Code in ${field}:`,
        field: {
          bio: 'Ihre Biografie',
          about: 'den Text über Sie',
          description: 'die Beschreibung',
          publication: 'die Kurzbeschreibung Ihrer Publikation',
        },
        after:
          'Er darf am Ende Ihres Textes stehen. Lassen Sie ihn stehen, damit wir den Nachweis verlängern können.',
        button: 'Der Code steht in meinem Profil: jetzt prüfen',
        refuses:
          'Diese Plattform lässt Programme keine Profile lesen. Nach Ihrem Klick öffnet ein Mensch Ihr Profil und sieht nach. Das ist nicht Ihr Fehler und dauert etwas länger.',
        askPerson: 'Einen Menschen bitten nachzusehen',
        waiting:
          'Ein Mensch sieht sich Ihr Profil an. Sie bekommen eine E-Mail mit dem Ergebnis; lassen Sie den Code stehen.',
      },
    },
    exclusions: {
      title: 'Was auf dieser Website ist nicht von Ihnen?',
      intro:
        'Meldungen und Bilder einer Agentur, Texte von Freien und Gästen, die ihre Rechte behalten haben, Leserbriefe und Kommentare: Bevor Bedingungen für die ganze Website gelten können, sagen Sie, was nicht von Ihnen ist. Angeboten wird nur, was von Ihnen ist; das Übrige wird in jedem Kanal verweigert.',
      none: 'Über alles auf dieser Website darf ich verfügen',
      some: 'Einiges ist nicht von mir',
      paths: 'Teile, die nicht von Ihnen sind',
      pathsHint:
        'Ein Teil je Zeile: der Pfad, ein Leerzeichen und was dort liegt. Zum Beispiel: /gaeste/ Texte von Gastautorinnen. Ein Stern steht für Beliebiges, etwa /*.pdf$ für alle PDF-Dateien. Oder ein Kennzeichen, das wir auf Ihren Seiten suchen: „Kürzel: dpa“ für das Kürzel einer Agentur, „Urheber: Reuters“ für einen Namen in den Daten der Seite (JSON-LD), „Schlagwort: leserbriefe“ für ein Schlagwort Ihres CMS, „Feed: /agentur.xml“ für alle Einträge eines Feeds.',
      button: 'Diese Aussage festhalten',
      statedNone: (date) => `Am ${date} haben Sie gesagt, dass alles auf dieser Website von Ihnen ist.`,
      statedSome: (date) => `Am ${date} haben Sie gesagt, dass diese Teile nicht von Ihnen sind:`,
      path: 'Pfad oder Kennzeichen',
      what: 'Was dort liegt',
      kind: { path: '', feed: 'Feed: ', credit: 'Kürzel: ', creator: 'Urheber: ', tag: 'Schlagwort: ' },
      found: (pages, date) =>
        pages === 1
          ? `Eine Seite mit diesen Kennzeichen wurde gefunden, zuletzt gesucht am ${date}.`
          : `${pages} Seiten mit diesen Kennzeichen wurden gefunden, zuletzt gesucht am ${date}.`,
      not: 'Sie haben noch nichts gesagt.',
      choose: 'Ihre Antwort',
    },
    siteWide: {
      title: 'Bedingungen für die ganze Website',
      ready: 'Alles ist bereit, um Bedingungen für die ganze Website festzulegen.',
      see: 'Die Bedingungen dieser Website ansehen und die Texte, die auf sie gehören',
      not: 'Für Bedingungen für die ganze Website fehlt noch:',
      reasons: {
        released: 'Die Website wurde abgegeben.',
        profile:
          'Ein Profil liegt auf dem Server anderer. Bedingungen gelten dort für einzelne Werke, nicht für die Website.',
        'not-proven': 'Zeigen Sie, dass die Website Ihnen gehört.',
        'proof-lapsed':
          'Zeigen Sie erneut, dass die Website Ihnen gehört; der letzte Nachweis ist abgelaufen.',
        'exclusions-not-stated': 'Sagen Sie, was auf der Website nicht von Ihnen ist.',
        'marks-not-looked':
          'Wir suchen die Seiten mit den Kennzeichen, die Sie genannt haben. Das dauert einige Minuten; kommen Sie dann wieder.',
        'marks-incomplete':
          'Wir konnten nicht jede Seite ansehen: Es gibt keine Sitemap, eine Seite antwortete nicht, oder es sind mehr als 500. Nennen Sie stattdessen Pfade oder einen Feed.',
        contested: 'Zwei Seiten haben dieselbe Adresse nachgewiesen. Das muss der Betreiber zuerst klären.',
      },
    },
    checks: {
      title: 'Was wir gesehen haben',
      at: 'Wann',
      how: 'Weg',
      result: 'Ergebnis',
      seen: 'Einzelheiten',
    },
    seen: {
      asked: 'Gefragt',
      status: 'Der Server antwortete mit Status',
      redirectedTo: 'Er schickte uns weiter zu',
      found: 'Stattdessen gefunden',
      note: 'Hinweis',
    },
    release: {
      title: 'Diese Website abgeben',
      body: 'Werke und Bedingungen bleiben; über diese Website gilt dann nichts mehr als nachgewiesen.',
      button: 'Diese Website abgeben',
    },
    reviews: {
      title: 'Profile zum Prüfen',
      intro:
        'Diese Plattformen lassen kein Programm das Profil lesen. Öffnen Sie das Profil und sehen Sie nach, ob der Code im eigenen Text der Person steht, nicht in einem Kommentar.',
      empty: { title: 'Nichts zu prüfen', body: 'Hier erscheinen Profile, die ein Mensch ansehen muss.' },
      profile: 'Profil',
      owner: 'Sagt, es sei das eigene',
      code: 'Gesuchter Code',
      since: 'Wartet seit',
      reason: 'Warum ein Mensch',
      claimed: 'Das sieht sich jemand an seit',
      claim: 'Ich sehe mir das an',
      note: 'Was Sie gesehen haben (die Person bekommt das per E-Mail)',
      confirm: 'Der Code ist da: bestätigen',
      refuse: 'Der Code ist nicht da: ablehnen',
      contested: 'Adressen, die mehr als eine Seite nachgewiesen hat',
      reasons: {
        'platform-refuses-programs': 'Die Plattform weist Programme bekanntlich ab',
        'platform-shows-another-page': 'Die Plattform zeigte eine andere Seite',
        'platform-answers-with-error': 'Die Plattform antwortete mit einem Fehler',
        'platform-shows-sign-in': 'Die Plattform zeigte eine Anmeldung',
        'code-elsewhere-on-page': 'Der Code steht auf der Seite, aber nicht in ihrer Beschreibung',
        'asked-by-owner': 'Die Person hat darum gebeten',
        'proof-ends': 'Der Nachweis läuft bald ab',
      },
    },
    mail: {
      hello: (name) => (name === '' ? 'Guten Tag,' : `Guten Tag ${name},`),
      open: 'Seite der Website öffnen',
      ends: {
        subject: (place, date) => `Ihr Nachweis für ${place} endet am ${date}`,
        body: (place, date) =>
          `Sie haben gezeigt, dass ${place} Ihnen gehört. Der Nachweis wird jede Woche verlängert, solange wir Ihren Wert dort sehen; zuletzt ging das nicht.\n\nDer Nachweis gilt bis zum ${date}. Stellen Sie den Wert wieder hin oder führen Sie den Nachweis neu; wie, zeigt die Seite der Website.`,
      },
      ended: {
        subject: (place) => `Ihr Nachweis für ${place} ist abgelaufen`,
        body: (place) =>
          `Wir konnten Ihren Wert auf ${place} länger nicht finden. Deshalb gilt nicht mehr als nachgewiesen, dass sie Ihnen gehört.\n\nIhre Werke und Bedingungen bleiben. Den Nachweis können Sie jederzeit neu führen.`,
      },
      confirmed: {
        subject: (place) => `${place} ist als Ihre Seite bestätigt`,
        body: (place, note) =>
          `Ein Mensch hat sich ${place} angesehen und bestätigt, dass es Ihnen gehört.\n\nDer Hinweis dazu: ${note}`,
      },
      refused: {
        subject: (place) => `${place} konnte noch nicht bestätigt werden`,
        body: (place, note) =>
          `Ein Mensch hat sich ${place} angesehen und konnte es nicht bestätigen. Der Hinweis dazu: ${note}\n\nPrüfen Sie, ob der Code im eigenen Text Ihres Profils steht, und bitten Sie erneut darum.`,
      },
    },
  },
);
