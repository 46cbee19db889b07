import { defineProblems } from './problem.ts';

/** Problems any route may answer with. */
export const { problems: commonProblems, fail: failCommon } = defineProblems({
  'invalid-input': {
    status: 422,
    en: {
      title: 'Some of the data is missing or not as expected.',
      cure: 'Correct the fields named and send it again.',
    },
    de: {
      title: 'Einige Angaben fehlen oder sind nicht wie erwartet.',
      cure: 'Berichtigen Sie die genannten Felder und senden Sie erneut.',
    },
  },
  'malformed-body': {
    status: 400,
    en: {
      title: 'The request body could not be read.',
      cure: 'Send valid JSON, or the form as the page offers it.',
    },
    de: {
      title: 'Der Inhalt der Anfrage konnte nicht gelesen werden.',
      cure: 'Senden Sie gültiges JSON oder das Formular der Seite.',
    },
  },
  'body-too-large': {
    status: 413,
    en: {
      title: 'This is larger than the instance accepts.',
      cure: 'Send a smaller file, or register the work by its fingerprint.',
    },
    de: {
      title: 'Das ist größer, als diese Instanz annimmt.',
      cure: 'Senden Sie eine kleinere Datei oder melden Sie das Werk mit seinem Fingerabdruck an.',
    },
  },
  'unsupported-media-type': {
    status: 415,
    en: {
      title: 'This address does not take content of this type.',
      cure: 'Send JSON with the header Content-Type: application/json.',
    },
    de: {
      title: 'Diese Adresse nimmt Inhalte dieser Art nicht an.',
      cure: 'Senden Sie JSON mit dem Kopf Content-Type: application/json.',
    },
  },
  'not-found': {
    status: 404,
    en: {
      title: 'There is nothing at this address.',
      cure: 'Check the address, or start from the home page.',
    },
    de: {
      title: 'Unter dieser Adresse gibt es nichts.',
      cure: 'Prüfen Sie die Adresse oder beginnen Sie auf der Startseite.',
    },
  },
  'method-not-allowed': {
    status: 405,
    en: {
      title: 'This address does not accept this method.',
      cure: 'Use one of the methods named in the Allow header.',
    },
    de: {
      title: 'Diese Adresse nimmt diese Methode nicht an.',
      cure: 'Verwenden Sie eine der im Allow-Kopf genannten Methoden.',
    },
  },
  'too-many-requests': {
    status: 429,
    en: { title: 'That was a little too often.', cure: 'Wait as long as Retry-After says and try again.' },
    de: {
      title: 'Das war etwas zu oft.',
      cure: 'Warten Sie so lange, wie Retry-After angibt, und versuchen Sie es erneut.',
    },
  },
  'cross-site-request': {
    status: 403,
    en: {
      title: 'This form was sent from another website.',
      cure: 'Open the page here and send the form from it.',
    },
    de: {
      title: 'Dieses Formular kam von einer anderen Website.',
      cure: 'Öffnen Sie die Seite hier und senden Sie das Formular von dort.',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    en: {
      title: 'This Idempotency-Key was already used with another request.',
      cure: 'Use a new key for a new request.',
    },
    de: {
      title: 'Dieser Idempotency-Key wurde schon für eine andere Anfrage benutzt.',
      cure: 'Nehmen Sie für eine neue Anfrage einen neuen Schlüssel.',
    },
  },
  'idempotency-key-invalid': {
    status: 400,
    en: { title: 'The Idempotency-Key is not usable.', cure: 'Send 1 to 200 visible ASCII characters.' },
    de: {
      title: 'Der Idempotency-Key ist nicht verwendbar.',
      cure: 'Senden Sie 1 bis 200 sichtbare ASCII-Zeichen.',
    },
  },
  'changed-meanwhile': {
    status: 409,
    en: {
      title: 'Someone changed this after you opened it.',
      cure: 'Load the page again; what you typed is shown beside the new state.',
    },
    de: {
      title: 'Das wurde geändert, nachdem Sie es geöffnet hatten.',
      cure: 'Laden Sie die Seite neu; Ihre Eingabe steht neben dem neuen Stand.',
    },
  },
  busy: {
    status: 503,
    en: {
      title: 'Too much is going on at once; nothing was kept.',
      cure: 'Wait as long as Retry-After says and try again.',
    },
    de: {
      title: 'Im Augenblick geschieht zu viel zugleich; es wurde nichts gespeichert.',
      cure: 'Warten Sie so lange, wie Retry-After angibt, und versuchen Sie es erneut.',
    },
  },
  'internal-error': {
    status: 500,
    en: {
      title: 'Something went wrong on our side; nothing was kept.',
      cure: 'Try again; if it happens again, tell the operator the request number.',
    },
    de: {
      title: 'Bei uns ist etwas schiefgegangen; es wurde nichts gespeichert.',
      cure: 'Versuchen Sie es erneut; nennen Sie dem Betreiber sonst die Anfragenummer.',
    },
  },
});
