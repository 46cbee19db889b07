import { defineMessages } from '../kernel/index.ts';

/**
 * The sentences of an offer. They are hashed and stay what they were in every version published; a change here
 * shows in new versions only.
 */
export const offerWords = defineMessages(
  {
    title: (title: string) => `Terms for AI use of “${title}”`,
    version: (version: number, date: string, instance: string) =>
      `Version ${version}, published on ${date} (UTC) at ${instance}.`,
    licensors: (names: string) => `Who decides: ${names}. Nobody else can say yes for them.`,
    uses: {
      search: 'Being listed in search engines, with a short excerpt and a link',
      'ai-index': 'Keeping the work in the index of an AI system so that it is found again',
      'ai-input': 'Giving the work to an AI system so that it answers a question or sums up',
      'ai-train': 'Training or adjusting an AI model with the work',
    },
    free: (use: string) => `${use}: allowed, free of charge.`,
    ask: (use: string) =>
      `${use}: only if all who decide say yes, each time. Until they have said so it is not allowed.`,
    no: (use: string) => `${use}: not allowed.`,
    paid: (use: string, price: string) =>
      `${use}: allowed with a licence, at ${price}. Without a licence it is not allowed.`,
    paidChoice: (use: string, prices: string) =>
      `${use}: allowed with a licence, at ${prices}. Who takes the licence chooses one of these prices. Without a licence it is not allowed.`,
    or: ' or ',
    and: ' and ',
    per: {
      fetch: (amount: string) => `${amount} for each fetch`,
      answer: (amount: string) =>
        `${amount} for each answer in which the work was used, as reported by the licensee`,
      'model-version': (amount: string) =>
        `${amount} once for each version of a model, as reported by the licensee`,
    },
    perMany: {
      fetch: (amount: string, count: string) => `${amount} for ${count} fetches`,
      answer: (amount: string, count: string) =>
        `${amount} for ${count} answers in which the work was used, as reported by the licensee`,
      'model-version': (amount: string, count: string) =>
        `${amount} for ${count} versions of a model, as reported by the licensee`,
    },
    general: {
      silence: 'What is not allowed here in words is not allowed. Silence is not permission.',
      past: 'These terms give up no claims for uses in the past, and they admit none.',
      changes: 'Changed terms are a new version. They never change a licence that was taken before.',
      records: (instance: string) =>
        `${instance} records what those who decide have declared. The record does not prove who owns the work.`,
    },
  },
  {
    title: (title) => `Bedingungen für die KI-Nutzung von „${title}“`,
    version: (version, date, instance) =>
      `Fassung ${version}, veröffentlicht am ${date} (UTC) bei ${instance}.`,
    licensors: (names) => `Wer entscheidet: ${names}. Niemand sonst kann für sie zustimmen.`,
    uses: {
      search: 'In Suchmaschinen mit kurzem Auszug und Link zu finden sein',
      'ai-index': 'Das Werk im Index eines KI-Systems aufbewahren, um es wiederzufinden',
      'ai-input':
        'Das Werk einem KI-System vorlegen, damit es eine Frage beantwortet oder etwas zusammenfasst',
      'ai-train': 'Ein KI-Modell mit dem Werk trainieren oder anpassen',
    },
    free: (use) => `${use}: erlaubt, kostenlos.`,
    ask: (use) =>
      `${use}: nur wenn alle, die entscheiden, jedes Mal zustimmen. Solange sie nicht zugestimmt haben, ist es nicht erlaubt.`,
    no: (use) => `${use}: nicht erlaubt.`,
    paid: (use, price) => `${use}: mit Lizenz erlaubt, für ${price}. Ohne Lizenz ist es nicht erlaubt.`,
    paidChoice: (use, prices) =>
      `${use}: mit Lizenz erlaubt, für ${prices}. Wer die Lizenz nimmt, wählt einen dieser Preise. Ohne Lizenz ist es nicht erlaubt.`,
    or: ' oder ',
    and: ' und ',
    per: {
      fetch: (amount) => `${amount} je Abruf`,
      answer: (amount) =>
        `${amount} je Antwort, in der das Werk verwendet wurde, nach Meldung des Lizenznehmers`,
      'model-version': (amount) =>
        `${amount} einmalig je Fassung eines Modells, nach Meldung des Lizenznehmers`,
    },
    perMany: {
      fetch: (amount, count) => `${amount} für ${count} Abrufe`,
      answer: (amount, count) =>
        `${amount} für ${count} Antworten, in denen das Werk verwendet wurde, nach Meldung des Lizenznehmers`,
      'model-version': (amount, count) =>
        `${amount} für ${count} Fassungen eines Modells, nach Meldung des Lizenznehmers`,
    },
    general: {
      silence: 'Was hier nicht ausdrücklich erlaubt ist, ist nicht erlaubt. Schweigen ist keine Erlaubnis.',
      past: 'Diese Bedingungen verzichten auf keine Ansprüche aus früheren Nutzungen und erkennen keine an.',
      changes:
        'Geänderte Bedingungen sind eine neue Fassung. Sie ändern nie eine Lizenz, die vorher genommen wurde.',
      records: (instance) =>
        `${instance} hält fest, was die Entscheidenden erklärt haben. Das beweist nicht, wem das Werk gehört.`,
    },
  },
);
