import { defineMessages } from '../kernel/index.ts';

/** Words of the page after somebody has said no to every AI use. */
export const noAiText = defineMessages(
  {
    title: 'Done: AI use not allowed',
    lead: (title: string) => `For “${title}” every AI use is refused: no training, no answers, no AI index.`,
    complete:
      'This is a complete answer. Nothing more is asked of you, and nobody can take a licence for it here. You can change it at any time.',
    work: 'Work',
    since: 'In force since',
    version: 'Version of your terms',
    public: 'Everybody can see it',
    publicLink: 'The public page of the work',
    next: 'If you like',
    tell: 'Tell machines on your own website too',
    another: 'Say it for another work',
    proof: 'Proof that you said so, and when',
    proofHint:
      'Your words have a fingerprint, and the fingerprint stands in a public log that nobody can change afterwards, not even we.',
    fingerprint: 'Fingerprint of your terms (SHA-256)',
    log: 'Public log',
    logEntry: (n: string) => `Entry ${n}`,
    logWaits: 'The entry follows within seconds; load this page again.',
    document: 'The exact text',
    documentLink: 'Read what was published',
  },
  {
    title: 'Fertig: KI-Nutzung nicht erlaubt',
    lead: (title) =>
      `Für „${title}“ ist jede KI-Nutzung untersagt: kein Training, keine Antworten, kein KI-Index.`,
    complete:
      'Das ist eine vollständige Antwort. Mehr wird von Ihnen nicht verlangt, und niemand kann hier eine Lizenz dafür nehmen. Sie können es jederzeit ändern.',
    work: 'Werk',
    since: 'Gilt seit',
    version: 'Fassung Ihrer Bedingungen',
    public: 'Für alle sichtbar',
    publicLink: 'Die öffentliche Seite des Werks',
    next: 'Wenn Sie möchten',
    tell: 'Es auch auf der eigenen Website den Maschinen sagen',
    another: 'Es für ein weiteres Werk sagen',
    proof: 'Nachweis, dass Sie es gesagt haben, und wann',
    proofHint:
      'Ihre Worte haben einen Fingerabdruck, und er steht in einem öffentlichen Protokoll, das später niemand ändern kann, auch wir nicht.',
    fingerprint: 'Fingerabdruck Ihrer Bedingungen (SHA-256)',
    log: 'Öffentliches Protokoll',
    logEntry: (n) => `Eintrag ${n}`,
    logWaits: 'Der Eintrag folgt in Sekunden; laden Sie diese Seite neu.',
    document: 'Der genaue Wortlaut',
    documentLink: 'Lesen, was veröffentlicht wurde',
  },
);
