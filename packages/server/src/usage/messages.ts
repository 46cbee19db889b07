import { defineMessages } from '../kernel/index.ts';

/** Words for usage and how it is known. */
export const usageText = defineMessages(
  {
    title: 'What was used',
    intro:
      'Every use that was counted or reported, how it is known, and where two sides disagree. Numbers appear as soon as they are on record.',
    toCases: 'What was refused, as evidence',
    toDatasetChecks: 'What a data set holds',
    unit: { fetch: 'fetches', answer: 'answers', 'model-version': 'model versions' },
    grade: {
      'crawler-signed': 'proved by the crawler',
      'gate-counted': 'counted at the website',
      'licensee-reported': 'reported by the licensee',
    },
    head: {
      license: 'Licence',
      work: 'Work',
      licensee: 'Licensee',
      use: 'What for',
      number: 'Number',
      known: 'How it is known',
      paid: 'Paid by this number',
      day: 'Days',
      reported: 'Reported',
      counted: 'Counted at the website',
    },
    taken: {
      title: 'Licences you have taken',
      empty: 'You have not taken a licence yet. As soon as you have, its usage and its receipts are here.',
      catalogue: 'See what can be licensed',
      since: (date: string) => `taken on ${date}`,
      open: 'Usage and receipts',
      invoices: 'Your invoices',
    },
    given: {
      title: 'Use of your works',
      empty:
        'None of your works has been used under a licence yet. Each use is shown here from its first day.',
      register: 'To your works',
    },
    agreement: {
      title: (date: string) => `Use under the licence of ${date}`,
      none: 'Nothing has been counted or reported under this licence yet.',
      period: 'Runs',
      model: 'Model version',
      sealed: (commitment: string) => `sealed (${commitment})`,
      payable: 'What is paid for',
      byGate: 'each fetch, as counted at the website',
      byReport: 'what you report',
    },
    mismatch: {
      title: 'Where your number and ours differ',
      none: 'Your own numbers and ours agree.',
      hint: 'What was counted at the website is what is paid for. If your number is right, write to the operator and keep your log.',
    },
    fault: {
      title: 'Not counted',
      intro: 'A gate sent these records, but they fit no token of this licence. Nobody pays for them.',
      'unknown-token': 'the token was never issued here',
      'other-agreement': 'the token belongs to another licence or client',
      'other-site': 'the token is for another site',
      'other-use': 'the token is for another use',
      'outside-token-life': 'the token was not valid at that time',
      'over-cap': 'the token had fetched all it could',
    },
    receipts: {
      title: 'Receipts',
      none: 'There is no receipt yet. One is issued with each delivery of a gate and with each report.',
      intro: 'Each receipt is signed and can be checked offline with the public key of this instance.',
      number: 'No.',
      issued: 'Issued',
      download: 'Download',
      more: 'Later receipts',
    },
    report: {
      title: 'Report your usage',
      ofModel: 'Name the works you trained this model version on. Each work is reported once.',
      ofAnswers: 'Say how many answers used each work, for days that are over.',
      ofFetches:
        'If you count fetches yourself, enter your numbers: they are compared with ours and change nothing by themselves.',
      from: 'From',
      to: 'To and including',
      used: (title: string) => `“${title}” was used for this model version`,
      number: (title: string) => `Number for “${title}”`,
      button: 'Report and stand by it for the company',
      done: (from: string, to: string) => `${from} to ${to}`,
      earlier: 'Reports so far',
      nothing: 'Enter at least one number.',
    },
    work: {
      title: (title: string) => `Use of “${title}”`,
      none: 'This work has not been used under a licence yet.',
    },
  },
  {
    title: 'Was genutzt wurde',
    intro:
      'Jede Nutzung, die gezählt oder gemeldet wurde, woher sie bekannt ist, und wo zwei Seiten sich widersprechen. Zahlen erscheinen, sobald sie festgehalten sind.',
    toCases: 'Was abgewiesen wurde, als Beweis',
    toDatasetChecks: 'Was ein Datensatz enthält',
    unit: { fetch: 'Abrufe', answer: 'Antworten', 'model-version': 'Modellversionen' },
    grade: {
      'crawler-signed': 'vom Crawler belegt',
      'gate-counted': 'auf der Website gezählt',
      'licensee-reported': 'vom Lizenznehmer gemeldet',
    },
    head: {
      license: 'Lizenz',
      work: 'Werk',
      licensee: 'Lizenznehmer',
      use: 'Wofür',
      number: 'Anzahl',
      known: 'Woher bekannt',
      paid: 'Danach wird bezahlt',
      day: 'Tage',
      reported: 'Gemeldet',
      counted: 'Auf der Website gezählt',
    },
    taken: {
      title: 'Lizenzen, die Sie genommen haben',
      empty:
        'Sie haben noch keine Lizenz genommen. Sobald Sie eine haben, stehen ihre Nutzung und ihre Quittungen hier.',
      catalogue: 'Ansehen, was lizenziert werden kann',
      since: (date) => `genommen am ${date}`,
      open: 'Nutzung und Quittungen',
      invoices: 'Ihre Rechnungen',
    },
    given: {
      title: 'Nutzung Ihrer Werke',
      empty:
        'Keines Ihrer Werke wurde bisher unter einer Lizenz genutzt. Jede Nutzung steht hier vom ersten Tag an.',
      register: 'Zu Ihren Werken',
    },
    agreement: {
      title: (date) => `Nutzung unter der Lizenz vom ${date}`,
      none: 'Unter dieser Lizenz wurde noch nichts gezählt oder gemeldet.',
      period: 'Laufzeit',
      model: 'Modellversion',
      sealed: (commitment) => `versiegelt (${commitment})`,
      payable: 'Wofür bezahlt wird',
      byGate: 'jeder Abruf, wie er auf der Website gezählt wurde',
      byReport: 'was Sie melden',
    },
    mismatch: {
      title: 'Wo Ihre Zahl und unsere sich unterscheiden',
      none: 'Ihre eigenen Zahlen und unsere stimmen überein.',
      hint: 'Bezahlt wird, was auf der Website gezählt wurde. Stimmt Ihre Zahl, schreiben Sie dem Betreiber und bewahren Sie Ihr Protokoll auf.',
    },
    fault: {
      title: 'Nicht gezählt',
      intro:
        'Ein Tor hat diese Einträge geschickt, aber sie passen zu keinem Token dieser Lizenz. Niemand bezahlt dafür.',
      'unknown-token': 'das Token wurde hier nie ausgestellt',
      'other-agreement': 'das Token gehört zu einer anderen Lizenz oder einem anderen Client',
      'other-site': 'das Token gilt für eine andere Website',
      'other-use': 'das Token gilt für eine andere Nutzung',
      'outside-token-life': 'das Token war zu dieser Zeit nicht gültig',
      'over-cap': 'mit dem Token war schon alles abgerufen',
    },
    receipts: {
      title: 'Quittungen',
      none: 'Es gibt noch keine Quittung. Eine entsteht mit jeder Lieferung eines Tors und mit jeder Meldung.',
      intro:
        'Jede Quittung ist signiert und lässt sich offline mit dem öffentlichen Schlüssel dieser Instanz prüfen.',
      number: 'Nr.',
      issued: 'Ausgestellt',
      download: 'Herunterladen',
      more: 'Spätere Quittungen',
    },
    report: {
      title: 'Ihre Nutzung melden',
      ofModel:
        'Nennen Sie die Werke, mit denen Sie diese Modellversion trainiert haben. Jedes Werk wird einmal gemeldet.',
      ofAnswers:
        'Geben Sie an, wie viele Antworten jedes Werk genutzt haben, für Tage, die schon vorbei sind.',
      ofFetches:
        'Wenn Sie Abrufe selbst zählen, tragen Sie Ihre Zahlen ein: Sie werden mit unseren verglichen und ändern für sich allein nichts.',
      from: 'Von',
      to: 'Bis einschließlich',
      used: (title) => `„${title}“ wurde für diese Modellversion genutzt`,
      number: (title) => `Anzahl für „${title}“`,
      button: 'Melden und für das Unternehmen dafür einstehen',
      done: (from, to) => `${from} bis ${to}`,
      earlier: 'Bisherige Meldungen',
      nothing: 'Tragen Sie mindestens eine Zahl ein.',
    },
    work: {
      title: (title) => `Nutzung von „${title}“`,
      none: 'Dieses Werk wurde noch nicht unter einer Lizenz genutzt.',
    },
  },
);
