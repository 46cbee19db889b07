import { defineMessages } from '../kernel/index.ts';

/** Words of the terms wizard. */
export const wizardText = defineMessages(
  {
    title: (title: string) => `Terms for “${title}”`,
    steps: { presets: 'What may AI do?', prices: 'Prices', preview: 'Check' },
    stepsLabel: 'Steps',
    presets: 'What may AI do with this work?',
    presetsHint:
      'Each answer is complete. You can change it at any time; licences already taken stay as they are.',
    preset: {
      'no-ai': 'No AI at all',
      'ask-me': 'Only if I say yes each time',
      'search-free-answers-paid': 'Search free, answers paid, training only if I say yes',
      own: 'I want to decide use by use',
    },
    presetHint: {
      'no-ai': 'Search engines may list the work. No AI may keep it, answer from it or train with it.',
      'ask-me': 'Search engines may list the work. Every AI use needs your yes in each single case.',
      'search-free-answers-paid':
        'Search engines may list the work. AI may fetch it to answer a question and pays for it. Keeping a copy to answer again, or training with it, needs your yes each time.',
      own: 'For each use: free, at a price, only if you say yes each time, or not allowed.',
    },
    next: 'Show what this means',
    toPreview: 'Keep this and show me the result',
    back: 'Change the first answer',
    change: 'Change prices',
    prices: 'Prices',
    pricesHint: (currency: string) =>
      `In ${currency}, without tax. A use without a price is not for sale; it never becomes free by itself.`,
    guide: (currency: string) =>
      `There is no usual price yet. To compare: at ${currency} 0.005 for each fetch, 10,000 fetches make ${currency} 50.`,
    price: {
      fetch: 'Price for fetches',
      answer: 'Price for answers that used the work',
      'model-version': 'Price for training, once for each version of a model',
    },
    priceHint: {
      fetch: 'Counted when the work is fetched.',
      answer: 'Reported by the company that answers; nobody else can count it.',
      'model-version': 'Reported by the company that trains.',
    },
    choice: 'If you name both prices, whoever takes the licence chooses one of them.',
    pack: 'The price is for',
    packOf: {
      fetch: (count: string) => (count === '1' ? 'one fetch' : `${count} fetches`),
      answer: (count: string) => (count === '1' ? 'one answer' : `${count} answers`),
      'model-version': (count: string) =>
        count === '1' ? 'one version of a model' : `${count} versions of a model`,
    },
    fault: {
      'price-missing': 'Write a price above zero.',
      'price-unreadable': 'Write digits and at most one decimal mark.',
      'price-unclear':
        'This can be read in two ways. Write it without the mark for thousands, or with two decimals.',
      'price-too-fine': 'At most six decimals. Choose a larger number of units instead.',
      'price-too-high': 'This is above one thousand million.',
    },
    preview: 'This is what people will read',
    machines: 'This is what machines will be told',
    machine: {
      free: 'yes, free of charge',
      paid: 'yes, with a licence at the price named',
      ask: 'no, with the address where to ask',
      no: 'no',
    },
    happens: 'What happens when you publish',
    happensAlone:
      'Your terms get a number, a date and a fingerprint and can never be changed afterwards, only replaced. From then on the page of the work tells everyone.',
    happensOthers: (names: string) =>
      `They also hold shares and are asked by e-mail: ${names}. Until all have said yes, machines are told that AI use is not allowed.`,
    notWhole: 'As long as this is so, machines are told that AI use is not allowed:',
    publish: 'Publish these terms',
    published: (version: number) => `Version ${version} is published.`,
    same: 'These are the terms that are already published; there is no new version.',
    tell: 'See what a bot sees',
    conflict: 'Somebody changed this draft in the meantime',
    conflictHint:
      'Below is what you typed. If you keep it, it replaces the other state, which is shown here:',
    expired: 'You are signed out',
    expiredHint:
      'Nothing you typed is lost. Sign in in a new tab, come back to this one and send it again with the button.',
    signIn: 'Sign in (opens a new tab)',
    again: 'Send again what I typed',
    takeBack: 'Take the published terms back',
    takeBackHint:
      'From then on nothing can be licensed. Licences already taken stay as they are. No older version comes back.',
    reason: 'Why (only you and the operator see it)',
    current: 'Published now',
    decide: 'Published terms wait for your yes or no: read them and decide',
  },
  {
    title: (title) => `Bedingungen für „${title}“`,
    steps: { presets: 'Was darf KI?', prices: 'Preise', preview: 'Prüfen' },
    stepsLabel: 'Schritte',
    presets: 'Was darf KI mit diesem Werk?',
    presetsHint:
      'Jede Antwort ist vollständig. Sie können sie jederzeit ändern; schon genommene Lizenzen bleiben, wie sie sind.',
    preset: {
      'no-ai': 'Gar keine KI',
      'ask-me': 'Nur nach Rückfrage',
      'search-free-answers-paid': 'Suche kostenlos, Antworten bezahlt, Training nur nach Rückfrage',
      own: 'Ich möchte jede Nutzung einzeln entscheiden',
    },
    presetHint: {
      'no-ai':
        'Suchmaschinen dürfen das Werk anzeigen. Keine KI darf es aufbewahren, daraus antworten oder damit trainieren.',
      'ask-me': 'Suchmaschinen dürfen das Werk anzeigen. Jede KI-Nutzung braucht in jedem Einzelfall Ihr Ja.',
      'search-free-answers-paid':
        'Suchmaschinen dürfen das Werk anzeigen. KI darf es abrufen, um eine Frage zu beantworten, und bezahlt dafür. Aufbewahren für weitere Antworten und Training brauchen jedes Mal Ihr Ja.',
      own: 'Für jede Nutzung: kostenlos, gegen Bezahlung, nur nach Rückfrage oder nicht erlaubt.',
    },
    next: 'Zeigen, was das bedeutet',
    toPreview: 'Behalten und das Ergebnis zeigen',
    back: 'Die erste Antwort ändern',
    change: 'Preise ändern',
    prices: 'Preise',
    pricesHint: (currency) =>
      `In ${currency}, ohne Steuer. Eine Nutzung ohne Preis ist nicht im Angebot; sie wird nie von selbst kostenlos.`,
    guide: (currency) =>
      `Einen üblichen Preis gibt es noch nicht. Zum Vergleich: Bei 0,005 ${currency} je Abruf ergeben 10.000 Abrufe 50 ${currency}.`,
    price: {
      fetch: 'Preis für Abrufe',
      answer: 'Preis für Antworten, in denen das Werk verwendet wurde',
      'model-version': 'Preis für Training, einmalig je Fassung eines Modells',
    },
    priceHint: {
      fetch: 'Gezählt, wenn das Werk abgerufen wird.',
      answer: 'Gemeldet von dem Unternehmen, das antwortet; sonst kann es niemand zählen.',
      'model-version': 'Gemeldet von dem Unternehmen, das trainiert.',
    },
    choice: 'Nennen Sie beide Preise, wählt einen davon, wer die Lizenz nimmt.',
    pack: 'Der Preis gilt für',
    packOf: {
      fetch: (count) => (count === '1' ? 'einen Abruf' : `${count} Abrufe`),
      answer: (count) => (count === '1' ? 'eine Antwort' : `${count} Antworten`),
      'model-version': (count) => (count === '1' ? 'eine Modellfassung' : `${count} Modellfassungen`),
    },
    fault: {
      'price-missing': 'Schreiben Sie einen Preis über null.',
      'price-unreadable': 'Schreiben Sie Ziffern und höchstens ein Komma.',
      'price-unclear':
        'Das lässt sich auf zwei Arten lesen. Schreiben Sie ohne Tausenderpunkt oder mit zwei Nachkommastellen.',
      'price-too-fine': 'Höchstens sechs Nachkommastellen. Wählen Sie stattdessen eine größere Stückzahl.',
      'price-too-high': 'Das liegt über einer Milliarde.',
    },
    preview: 'Das werden Menschen lesen',
    machines: 'Das wird Maschinen gesagt',
    machine: {
      free: 'ja, kostenlos',
      paid: 'ja, mit Lizenz zum genannten Preis',
      ask: 'nein, mit der Adresse für Anfragen',
      no: 'nein',
    },
    happens: 'Was beim Veröffentlichen geschieht',
    happensAlone:
      'Ihre Bedingungen bekommen Nummer, Datum und Fingerabdruck und können danach nie geändert, nur ersetzt werden. Von da an sagt die Seite des Werks sie allen.',
    happensOthers: (names) =>
      `Auch sie halten Anteile und werden per E-Mail gefragt: ${names}. Bis alle zugestimmt haben, erfahren Maschinen: KI-Nutzung nicht erlaubt.`,
    notWhole: 'Solange das so ist, erfahren Maschinen: KI-Nutzung nicht erlaubt:',
    publish: 'Diese Bedingungen veröffentlichen',
    published: (version) => `Fassung ${version} ist veröffentlicht.`,
    same: 'Genau diese Bedingungen sind schon veröffentlicht; es gibt keine neue Fassung.',
    tell: 'Ansehen, was ein Bot sieht',
    conflict: 'Dieser Entwurf wurde inzwischen geändert',
    conflictHint:
      'Unten steht, was Sie eingegeben haben. Wenn Sie es behalten, ersetzt es den anderen Stand, der hier steht:',
    expired: 'Sie sind abgemeldet',
    expiredHint:
      'Nichts von Ihrer Eingabe ist verloren. Melden Sie sich in einem neuen Tab an, kommen Sie hierher zurück und senden Sie sie mit der Schaltfläche erneut.',
    signIn: 'Anmelden (öffnet einen neuen Tab)',
    again: 'Meine Eingabe noch einmal senden',
    takeBack: 'Die veröffentlichten Bedingungen zurücknehmen',
    takeBackHint:
      'Von da an kann nichts lizenziert werden. Schon genommene Lizenzen bleiben, wie sie sind. Keine ältere Fassung kommt zurück.',
    reason: 'Warum (das sehen nur Sie und der Betrieb)',
    current: 'Jetzt veröffentlicht',
    decide: 'Veröffentlichte Bedingungen warten auf Ihr Ja oder Nein: lesen und entscheiden',
  },
);
