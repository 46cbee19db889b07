import { defineMessages } from '../kernel/index.ts';

/** What a site elsewhere signals, as neutral facts. */
export const signalText = defineMessages(
  {
    title: (place: string) => `What ${place} says to bots`,
    notYours:
      'This is what the site itself says. We cannot change it and neither can you; it is not your mistake. Your own terms stand on your work’s page here.',
    usage: {
      'ai-train': 'Training AI models',
      'ai-input': 'Answers made from the page',
      'ai-index': 'Building an index for AI',
      search: 'Search engines',
    },
    says: {
      allow: 'allowed for everybody',
      disallow: 'not allowed',
      conditional: 'against terms of the site',
      mixed: 'the signs contradict each other',
      nothing: 'nothing is said',
    },
    looked: 'What we could read',
    status: (status: number) => `answered with status ${status}`,
    failed: 'could not be read',
    use: 'Use',
    stance: 'What the site says',
    kept: (count: number) => `robots.txt names ${count} known AI agents that may not fetch this page.`,
  },
  {
    title: (place) => `Was ${place} den Bots sagt`,
    notYours:
      'Das sagt die Website selbst. Wir können es nicht ändern und Sie auch nicht; es ist nicht Ihr Fehler. Ihre eigenen Bedingungen stehen hier auf der Seite Ihres Werks.',
    usage: {
      'ai-train': 'Training von KI-Modellen',
      'ai-input': 'Antworten aus der Seite',
      'ai-index': 'Verzeichnis für KI',
      search: 'Suchmaschinen',
    },
    says: {
      allow: 'für alle erlaubt',
      disallow: 'nicht erlaubt',
      conditional: 'nur zu Bedingungen der Website',
      mixed: 'die Angaben widersprechen sich',
      nothing: 'dazu steht nichts da',
    },
    looked: 'Was wir lesen konnten',
    status: (status) => `antwortete mit Status ${status}`,
    failed: 'war nicht lesbar',
    use: 'Nutzung',
    stance: 'Was die Website sagt',
    kept: (count) => `robots.txt nennt ${count} bekannte KI-Programme, die diese Seite nicht abrufen dürfen.`,
  },
);
