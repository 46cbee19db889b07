import { defineProblems } from '../../kernel/index.ts';

/** What goes wrong with partners, moderators and pictures. */
export const { problems: partnerProblems, fail } = defineProblems({
  'partner-unknown': {
    status: 404,
    en: {
      title: 'We know no partner with this code.',
      cure: 'Check the address on the partner’s page; you can also sign here directly.',
    },
    de: {
      title: 'Einen Partner mit diesem Kürzel kennen wir nicht.',
      cure: 'Prüfen Sie die Adresse auf der Seite des Partners; Sie können auch direkt hier unterzeichnen.',
    },
  },
  'partner-left': {
    status: 410,
    en: {
      title: 'This organisation is no longer a partner of the campaign.',
      cure: 'You can sign here directly; nothing goes to that organisation.',
    },
    de: {
      title: 'Diese Organisation ist kein Partner der Kampagne mehr.',
      cure: 'Sie können direkt hier unterzeichnen; an diese Organisation geht nichts.',
    },
  },
  'partner-source-taken': {
    status: 409,
    en: {
      title: 'This code belongs to a partner, or did once.',
      cure: 'Choose another code: signatures are told apart by it for good.',
    },
    de: {
      title: 'Dieses Kürzel gehört einem Partner, oder gehörte einmal einem.',
      cure: 'Wählen Sie ein anderes: An ihm werden Unterschriften für immer unterschieden.',
    },
  },
  'partner-host-invalid': {
    status: 422,
    en: {
      title: 'This is no host name of a public site.',
      cure: 'Give host names such as www.guild.example, one a line, without path.',
    },
    de: {
      title: 'Das ist kein Hostname einer öffentlichen Website.',
      cure: 'Geben Sie Hostnamen wie www.gilde.example an, einen je Zeile, ohne Pfad.',
    },
  },
  'moderator-required': {
    status: 403,
    en: {
      title: 'This page is for moderators.',
      cure: 'Sign in as the person who was invited, or ask an operator for an invitation.',
    },
    de: {
      title: 'Diese Seite ist für die Moderation.',
      cure: 'Melden Sie sich als die eingeladene Person an oder bitten Sie den Betrieb um eine Einladung.',
    },
  },
  'moderator-link-unknown': {
    status: 404,
    en: {
      title: 'This invitation is unknown, used, replaced or more than seven days old.',
      cure: 'Ask whoever invited you for a new one.',
    },
    de: {
      title: 'Diese Einladung ist unbekannt, benutzt, ersetzt oder älter als sieben Tage.',
      cure: 'Bitten Sie die einladende Person um eine neue.',
    },
  },
  'moderator-link-other-account': {
    status: 409,
    en: {
      title: 'The invitation is for another mailbox than the one you are signed in with.',
      cure: 'Sign out, and sign in with the mailbox the invitation went to.',
    },
    de: {
      title: 'Die Einladung gilt einem anderen Postfach als dem, mit dem Sie angemeldet sind.',
      cure: 'Melden Sie sich ab und mit dem Postfach an, an das die Einladung ging.',
    },
  },
  'held-not-here': {
    status: 409,
    en: {
      title: 'This is not yours to decide, or is decided already.',
      cure: 'Names that look like protected ones are decided by the campaign. Load the page again.',
    },
    de: {
      title: 'Darüber entscheiden nicht Sie, oder es ist schon entschieden.',
      cure: 'Über Namen, die geschützten ähneln, entscheidet die Kampagne. Laden Sie die Seite neu.',
    },
  },
  'logo-unreadable': {
    status: 422,
    en: {
      title: 'We cannot read this picture.',
      cure: 'Upload a PNG, JPEG or WebP file. Drawings (SVG) are not taken, as they can carry programs.',
    },
    de: {
      title: 'Dieses Bild können wir nicht lesen.',
      cure: 'Laden Sie eine PNG-, JPEG- oder WebP-Datei hoch. Zeichnungen (SVG) nehmen wir nicht an, da sie Programme enthalten können.',
    },
  },
});
