import { defineMessages } from '../../kernel/index.ts';

/** Texts of the faces: the operator's page, the welcome from a campaign, the home page of the licences. */
export const facesText = defineMessages(
  {
    faces: {
      title: 'Two faces',
      intro:
        'The campaign and the licences can share one address, have one each with its own name, operator and look, or run alone.',
      saved: 'Saved. It holds from now on.',
      runs: 'What runs here',
      runsOptions: {
        both: 'Campaign and licences',
        campaign: 'The campaign alone',
        licensing: 'The licences alone',
      },
      accent: 'Colour',
      accents: { pine: 'Pine', ink: 'Ink', plum: 'Plum', rust: 'Rust' },
      ownHost: 'The campaign has an address of its own',
      ownHostHint: (base: string) =>
        `Point its host name to this server. The licences stay at ${base}; pages and mails of the campaign move.`,
      baseUrl: 'Address of the campaign',
      baseUrlHint: 'For example https://campaign.example. Leave it empty while both share one address.',
      name: 'Name of the campaign',
      operator: 'Who runs the campaign',
      imprint: 'Imprint of the campaign',
      campaignAccent: 'Colour of the campaign',
      trusted: 'Campaigns whose signatories may come here',
      trustedHint:
        'One address a line. They bring name, craft, country and a confirmed mailbox, so that nobody types them again. Name only those whose confirmation mails you trust.',
      save: 'Save the faces',
      bodies: 'Bodies that license, to which signatories can go on',
    },
    welcome: {
      title: 'Welcome',
      lead: (from: string) => `You come from ${from}.`,
      text: (from: string) =>
        `${from} passes on what you agreed to: name, craft, country, language and e-mail address; of an organisation also its contact and how many members it said it has. Nothing needs typing again. Next, you decide what AI may do with your work; saying no is as complete an answer as a licence.`,
      button: 'Open my account and go on',
      not: 'If you do not go on, nothing is passed on.',
      emptyTitle: 'Here a campaign sends you',
      emptyText:
        'After signing a declaration you can go on to this page, and what you typed there comes along. The link you opened carries nothing.',
      emptyLink: 'Sign in or make an account',
      mailTitle: 'Please open your mail',
      mailText:
        'We have sent you a link that opens your account. It is good for half an hour, and nobody without your mailbox can open it.',
    },
    home: {
      title: 'AI licences for creators',
      lead: 'Creators say what AI may do with their work and at what price. AI companies take a licence and keep proof. Everything that matters can be checked by a stranger.',
      creators: 'Creators',
      creatorsText:
        'Register a work with everyone who shares in it, decide what AI may do, and see who used what.',
      creatorsLink: 'Decide what AI may do with my work',
      companies: 'AI companies',
      companiesText: 'Find works, ask for a quote, agree once, fetch with a token, and check your datasets.',
      companiesLink: 'Find works',
      anyone: 'Anyone',
      anyoneText:
        'Check a licence, a statement or a proof with nothing but a public key, and see the totals.',
      anyoneLink: 'Check a file',
      numbersLink: 'Public numbers',
    },
  },
  {
    faces: {
      title: 'Zwei Gesichter',
      intro:
        'Kampagne und Lizenzen können sich eine Adresse teilen, je eine eigene mit eigenem Namen, Betreiber und Aussehen haben oder allein laufen.',
      saved: 'Gespeichert. Es gilt ab jetzt.',
      runs: 'Was hier läuft',
      runsOptions: {
        both: 'Kampagne und Lizenzen',
        campaign: 'Nur die Kampagne',
        licensing: 'Nur die Lizenzen',
      },
      accent: 'Farbe',
      accents: { pine: 'Kiefer', ink: 'Tinte', plum: 'Pflaume', rust: 'Rost' },
      ownHost: 'Die Kampagne hat eine eigene Adresse',
      ownHostHint: (base) =>
        `Richten Sie ihren Hostnamen auf diesen Server. Die Lizenzen bleiben unter ${base}; Seiten und Mails der Kampagne ziehen um.`,
      baseUrl: 'Adresse der Kampagne',
      baseUrlHint: 'Zum Beispiel https://kampagne.example. Leer lassen, solange beide eine Adresse teilen.',
      name: 'Name der Kampagne',
      operator: 'Wer die Kampagne betreibt',
      imprint: 'Impressum der Kampagne',
      campaignAccent: 'Farbe der Kampagne',
      trusted: 'Kampagnen, deren Unterzeichnende hierher kommen dürfen',
      trustedHint:
        'Eine Adresse je Zeile. Sie bringen Name, Tätigkeit, Land und ein bestätigtes Postfach mit, damit niemand es erneut tippt. Nennen Sie nur solche, deren Bestätigungsmails Sie trauen.',
      save: 'Gesichter speichern',
      bodies: 'Stellen, die lizenzieren und zu denen Unterzeichnende weitergehen können',
    },
    welcome: {
      title: 'Willkommen',
      lead: (from) => `Sie kommen von ${from}.`,
      text: (from) =>
        `${from} gibt weiter, worin Sie eingewilligt haben: Name, Tätigkeit, Land, Sprache und E-Mail-Adresse; von einer Organisation auch die Kontaktperson und die genannte Zahl der Mitglieder. Nichts muss erneut getippt werden. Danach entscheiden Sie, was KI mit Ihrem Werk darf; ein Nein ist eine ebenso vollständige Antwort wie eine Lizenz.`,
      button: 'Mein Konto öffnen und weiter',
      not: 'Gehen Sie nicht weiter, wird nichts weitergegeben.',
      emptyTitle: 'Hierher schickt Sie eine Kampagne',
      emptyText:
        'Nach der Unterschrift unter einen Aufruf können Sie auf diese Seite weitergehen, und was Sie dort getippt haben, kommt mit. Der geöffnete Link enthält nichts.',
      emptyLink: 'Anmelden oder Konto anlegen',
      mailTitle: 'Bitte öffnen Sie Ihre Mail',
      mailText:
        'Wir haben Ihnen einen Link geschickt, der Ihr Konto öffnet. Er gilt eine halbe Stunde, und ohne Ihr Postfach kann ihn niemand öffnen.',
    },
    home: {
      title: 'KI-Lizenzen für Kreative',
      lead: 'Kreative sagen, was KI mit ihren Werken darf und zu welchem Preis. KI-Unternehmen nehmen eine Lizenz und behalten Belege. Alles, worauf es ankommt, können Fremde prüfen.',
      creators: 'Kreative',
      creatorsText:
        'Ein Werk mit allen anmelden, die daran beteiligt sind, entscheiden, was KI darf, und sehen, wer was genutzt hat.',
      creatorsLink: 'Entscheiden, was KI mit meinem Werk darf',
      companies: 'KI-Unternehmen',
      companiesText:
        'Werke finden, ein Preisangebot einholen, einmal vereinbaren, mit einem Schlüssel abrufen und Datensätze prüfen.',
      companiesLink: 'Werke finden',
      anyone: 'Alle',
      anyoneText:
        'Eine Lizenz, eine Abrechnung oder einen Beleg mit nichts als einem öffentlichen Schlüssel prüfen und die Summen sehen.',
      anyoneLink: 'Eine Datei prüfen',
      numbersLink: 'Öffentliche Zahlen',
    },
  },
);
