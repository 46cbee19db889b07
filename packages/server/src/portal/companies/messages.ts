import { defineMessages } from '../../kernel/index.ts';

/** Words of the public pages about companies. */
export const companiesText = defineMessages(
  {
    title: 'AI companies',
    description: 'Who licenses works here, who promised to ask first, and facts about each company.',
    lead: 'Who licenses, who promised to ask first, and facts about each company. Each fact with its source and date.',
    licensed: 'With a licence in force',
    licensedHint:
      'From agreements, never by hand: companies that hold a licence taken here and agreed to be named. A company leaves this list when its last licence ends.',
    none: 'No company is named yet',
    noneHint:
      'A company appears here once it has a licence in force and says itself that it wants to be named. Others may have licences and stay unnamed.',
    earlier: 'Had a licence earlier',
    head: {
      company: 'Company',
      since: 'Since',
      period: 'From and to',
      uses: 'Licensed for',
      works: 'Works',
      holders: 'Holders',
    },
    pledged: 'Signed the pledge',
    pledgedHint: 'A pledge is a promise and no licence. It allows nothing.',
    pledgedNone: 'No company has signed the pledge yet.',
    pledgeHead: { company: 'Company', website: 'Website, checked', signed: 'Signed', text: 'Text' },
    checkedBy: (method: string, date: string) => `control checked by ${method} on ${date}`,
    version: (n: number) => `version ${n}`,
    readPledge: 'Read the pledge',
    all: 'Every company that runs a known AI agent',
    allHint: (date: string) =>
      `From the list of agents that this software comes with, last compared with its sources on ${date}. Being on it says nothing about licences.`,
    agents: (n: number) => (n === 1 ? 'one agent' : `${n} agents`),
    method: {
      file: 'a file on the website',
      dns: 'an entry in the DNS',
      meta: 'a tag in a page',
      code: 'a code on a profile',
      moderator: 'a person who looked',
    },
    page: {
      lead: 'Facts from records of this instance and from sources that are named. No opinion.',
      license: 'Licences here',
      inForce: (date: string) => `licence in force since ${date}`,
      earlier: (from: string, to: string) => `had a licence from ${from} to ${to}`,
      noLicense: 'no licence here that the company wants to be named for',
      counts: (works: number, holders: number) =>
        `${works === 1 ? 'one work' : `${works} works`}, ${holders === 1 ? 'one holder' : `${holders} holders`}`,
      licensePage: (use: string, date: string) => `Licence of ${date}: ${use}`,
      pledge: 'Pledge',
      pledged: (date: string, host: string) => `signed on ${date} for ${host}; a promise, not a licence`,
      notPledged: 'not signed',
      crawlers: 'Its agents',
      noCrawlers: 'The list of agents names none of this company.',
      agentHead: {
        token: 'Name',
        kind: 'What it is',
        purpose: 'Comes for',
        check: 'How to check it',
        source: 'Source',
      },
      kinds: {
        crawler: 'comes by itself',
        fetcher: 'comes because a person asked',
        control: 'only a name in robots.txt',
      },
      purposes: {
        search: 'search',
        'ai-train': 'training',
        'ai-input': 'answers',
        'ai-index': 'an AI index',
        'user-fetch': 'a page somebody asked for',
        archive: 'an archive',
        other: 'not stated',
      },
      checks: {
        crawler:
          'A name is a claim. Compare the address with the ranges the source publishes, or look it up backwards and forwards in the DNS; a signed request proves itself.',
        control: 'It never comes; there is nothing to check.',
      },
      source: 'source',
      listSource: 'a public list kept by volunteers',
      asOf: (date: string) => `compared on ${date}`,
      refusals: 'Refused here',
      refusalsNone: 'No gate of this instance has refused a client that calls itself by one of these names.',
      refused: (name: string, count: string, from: string, to: string) =>
        from === to
          ? `A client calling itself ${name}: ${count} requests without a licence refused, on ${from}.`
          : `Clients calling themselves ${name}: ${count} requests without a licence refused, from ${from} to ${to}.`,
      refusalsHint:
        'As gates counted them. Anybody can call a client anything: this does not say that the company sent them.',
      cases: 'Cases',
      casesNone: 'none recorded',
      casesCount: (n: number) =>
        n === 1
          ? 'one case opened by a holder about a client that calls itself by one of these names'
          : `${n} cases opened by holders about clients that call themselves by one of these names`,
      requests: 'Requests to the company',
      requestsNone: 'none recorded',
      requestsCount: (sent: number, answered: number) => `${sent} sent, ${answered} answered`,
      sentOn: (date: string) => `sent on ${date}`,
      answeredOn: (date: string) => `answered on ${date}`,
      notAnswered: 'no answer recorded',
      commitments: 'What the company has said in public',
      commitmentsNone: 'None recorded.',
      retracted: 'Taken back by the operator.',
      corrections: 'Corrections',
      correction: (date: string, reason: string) => `Corrected on ${date}: ${reason}. Before:`,
      reply: 'What the company says to this page',
      replyNone: 'The company has not replied. It may, at any time, in its own words.',
      replyButton: 'Reply for this company',
      replyBy: {
        domain: (host: string, date: string) =>
          `From ${host}; control of the website checked. Published ${date}.`,
        mail: (host: string, date: string) => `By mail from an address of ${host}. Published ${date}.`,
      },
      identity: 'How we know who sent it',
      replyWithdrawn: (date: string) => `The company took its reply back on ${date}.`,
      olderReplies: 'Earlier versions',
      replyNote:
        'Words of the company. Nobody here has changed or shortened them; only who sent them was checked.',
      fix: 'Something here is wrong? Write to the address for complaints in the imprint; corrections stay visible.',
    },
  },
  {
    title: 'KI-Unternehmen',
    description:
      'Wer hier Werke lizenziert, wer versprochen hat, zuerst zu fragen, und Fakten zu jedem Unternehmen.',
    lead: 'Wer lizenziert, wer versprochen hat, zuerst zu fragen, und Fakten zu jedem Unternehmen. Jeder Fakt mit Quelle und Datum.',
    licensed: 'Mit geltender Lizenz',
    licensedHint:
      'Aus Verträgen, nie von Hand: Unternehmen, die eine hier genommene Lizenz haben und genannt werden wollen. Endet die letzte Lizenz, verlässt ein Unternehmen diese Liste.',
    none: 'Noch ist kein Unternehmen genannt',
    noneHint:
      'Ein Unternehmen erscheint hier, sobald es eine geltende Lizenz hat und selbst sagt, dass es genannt werden will. Andere können Lizenzen haben und ungenannt bleiben.',
    earlier: 'Hatten früher eine Lizenz',
    head: {
      company: 'Unternehmen',
      since: 'Seit',
      period: 'Von und bis',
      uses: 'Lizenziert für',
      works: 'Werke',
      holders: 'Berechtigte',
    },
    pledged: 'Haben die Zusage unterzeichnet',
    pledgedHint: 'Eine Zusage ist ein Versprechen und keine Lizenz. Sie erlaubt nichts.',
    pledgedNone: 'Noch hat kein Unternehmen die Zusage unterzeichnet.',
    pledgeHead: {
      company: 'Unternehmen',
      website: 'Website, geprüft',
      signed: 'Unterzeichnet',
      text: 'Text',
    },
    checkedBy: (method, date) => `geprüft durch ${method} am ${date}`,
    version: (n) => `Fassung ${n}`,
    readPledge: 'Die Zusage lesen',
    all: 'Alle Unternehmen, die einen bekannten KI-Agenten betreiben',
    allHint: (date) =>
      `Aus der Liste der Agenten, die zu dieser Software gehört, zuletzt am ${date} mit ihren Quellen verglichen. Wer darauf steht, sagt nichts über Lizenzen.`,
    agents: (n) => (n === 1 ? 'ein Agent' : `${n} Agenten`),
    method: {
      file: 'eine Datei auf der Website',
      dns: 'einen Eintrag im DNS',
      meta: 'eine Angabe in einer Seite',
      code: 'einen Code im Profil',
      moderator: 'einen Menschen, der nachsah',
    },
    page: {
      lead: 'Fakten aus Aufzeichnungen dieser Instanz und aus genannten Quellen. Keine Meinung.',
      license: 'Lizenzen hier',
      inForce: (date) => `geltende Lizenz seit ${date}`,
      earlier: (from, to) => `hatte eine Lizenz vom ${from} bis zum ${to}`,
      noLicense: 'keine Lizenz hier, mit der das Unternehmen genannt werden will',
      counts: (works, holders) =>
        `${works === 1 ? 'ein Werk' : `${works} Werke`}, ${holders === 1 ? 'eine berechtigte Person' : `${holders} Berechtigte`}`,
      licensePage: (use, date) => `Lizenz vom ${date}: ${use}`,
      pledge: 'Zusage',
      pledged: (date, host) => `unterzeichnet am ${date} für ${host}; ein Versprechen, keine Lizenz`,
      notPledged: 'nicht unterzeichnet',
      crawlers: 'Seine Agenten',
      noCrawlers: 'Die Liste der Agenten nennt keinen dieses Unternehmens.',
      agentHead: {
        token: 'Name',
        kind: 'Was er ist',
        purpose: 'Kommt für',
        check: 'Wie man ihn prüft',
        source: 'Quelle',
      },
      kinds: {
        crawler: 'kommt von selbst',
        fetcher: 'kommt, weil jemand fragte',
        control: 'nur ein Name in robots.txt',
      },
      purposes: {
        search: 'Suche',
        'ai-train': 'Training',
        'ai-input': 'Antworten',
        'ai-index': 'einen KI-Index',
        'user-fetch': 'eine Seite, nach der jemand fragte',
        archive: 'ein Archiv',
        other: 'nicht gesagt',
      },
      checks: {
        crawler:
          'Ein Name ist eine Behauptung. Vergleichen Sie die Adresse mit den Bereichen, die die Quelle nennt, oder schlagen Sie sie im DNS rückwärts und vorwärts nach; eine unterzeichnete Anfrage beweist sich selbst.',
        control: 'Er kommt nie; es gibt nichts zu prüfen.',
      },
      source: 'Quelle',
      listSource: 'eine öffentliche, ehrenamtlich geführte Liste',
      asOf: (date) => `verglichen am ${date}`,
      refusals: 'Hier abgewiesen',
      refusalsNone:
        'Kein Tor dieser Instanz hat einen Client abgewiesen, der sich mit einem dieser Namen nennt.',
      refused: (name, count, from, to) =>
        from === to
          ? `Ein Client, der sich ${name} nennt: ${count} Anfragen ohne Lizenz abgewiesen, am ${from}.`
          : `Clients, die sich ${name} nennen: ${count} Anfragen ohne Lizenz abgewiesen, vom ${from} bis zum ${to}.`,
      refusalsHint:
        'Wie die Tore sie zählten. Jeder kann einen Client nennen, wie er will: Das sagt nicht, dass das Unternehmen sie geschickt hat.',
      cases: 'Fälle',
      casesNone: 'keine verzeichnet',
      casesCount: (n) =>
        n === 1
          ? 'ein Fall, den jemand zu einem Client mit einem dieser Namen eröffnet hat'
          : `${n} Fälle, die Berechtigte zu Clients mit einem dieser Namen eröffnet haben`,
      requests: 'Anfragen an das Unternehmen',
      requestsNone: 'keine verzeichnet',
      requestsCount: (sent, answered) => `${sent} gesendet, ${answered} beantwortet`,
      sentOn: (date) => `gesendet am ${date}`,
      answeredOn: (date) => `beantwortet am ${date}`,
      notAnswered: 'keine Antwort verzeichnet',
      commitments: 'Was das Unternehmen öffentlich gesagt hat',
      commitmentsNone: 'Nichts verzeichnet.',
      retracted: 'Vom Betreiber zurückgenommen.',
      corrections: 'Berichtigungen',
      correction: (date, reason) => `Berichtigt am ${date}: ${reason}. Davor:`,
      reply: 'Was das Unternehmen zu dieser Seite sagt',
      replyNone: 'Das Unternehmen hat nicht geantwortet. Es kann das jederzeit, mit eigenen Worten.',
      replyButton: 'Für dieses Unternehmen antworten',
      replyBy: {
        domain: (host, date) => `Von ${host}; die Website wurde geprüft. Veröffentlicht ${date}.`,
        mail: (host, date) => `Per E-Mail von einer Adresse bei ${host}. Veröffentlicht ${date}.`,
      },
      identity: 'Woher wir wissen, von wem sie kommt',
      replyWithdrawn: (date) => `Das Unternehmen hat seine Antwort am ${date} zurückgezogen.`,
      olderReplies: 'Frühere Fassungen',
      replyNote:
        'Worte des Unternehmens. Niemand hat sie hier geändert oder gekürzt; geprüft wurde nur, von wem sie kommen.',
      fix: 'Ist hier etwas falsch? Schreiben Sie an die Beschwerdeadresse im Impressum; Berichtigungen bleiben sichtbar.',
    },
  },
);
