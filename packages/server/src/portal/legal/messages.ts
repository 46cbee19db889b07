import { defineMessages } from '../../kernel/index.ts';

/** Words around the operator's texts; the texts themselves are in `shipped-texts.ts` and the database. */
export const legalText = defineMessages(
  {
    names: {
      imprint: 'Imprint',
      privacy: 'Privacy notice',
      participation: 'Terms of participation',
      accessibility: 'Accessibility',
    },
    shipped:
      'This is the text the software comes with. The operator of this instance has not yet made it their own; what is missing stands in square brackets.',
    version: (number: number, from: string) => `Version ${number}, applies from ${from}`,
    older: (number: number) => `This is version ${number}. Another one applies now.`,
    coming: (number: number, from: string) => `Version ${number} will apply from ${from}.`,
    now: 'Read the one that applies now',
    versions: 'All versions',
    hash: 'SHA-256 of this text',
    published: (at: string) => `published on ${at}`,
    list: {
      title: 'Texts for the public',
      intro:
        'What the law asks of whoever runs an instance. Each text has versions; a published one never changes and stays at its address.',
      caption: 'The texts',
      name: 'Text',
      state: 'State',
      change: 'Change',
      shipped: 'shipped text, not yet yours',
      draft: 'draft',
      edit: (name: string) => `Edit: ${name}`,
      advice:
        'The shipped texts say what the software does. They are no legal advice; have yours read by somebody who gives it.',
    },
    edit: {
      title: (name: string) => `Edit: ${name}`,
      intro: 'Plain text. “# ” begins a heading, “- ” an item, an empty line a new paragraph.',
      gaps: (count: number) =>
        `${count === 1 ? 'One place' : `${count} places`} in square brackets still to be filled in.`,
      en: 'English',
      de: 'German',
      preview: 'Keep as a draft and look at it',
      draft: 'This is your draft; nobody else sees it.',
      stored: (language: string) => `What is kept now: ${language}`,
      drop: 'Throw the draft away',
      imprintHint: 'Name, legal form, role, fee and address come from the set-up and stand above this text.',
      back: 'All texts',
    },
    preview: {
      title: (name: string) => `Draft: ${name}`,
      from: 'Applies from',
      fromHint: 'Leave it empty to let it apply at once. A later day is announced on the page until then.',
      publish: 'Publish this version',
      edit: 'Go on editing',
      done: (number: number) => `Version ${number} is published.`,
    },
  },
  {
    names: {
      imprint: 'Impressum',
      privacy: 'Datenschutzhinweise',
      participation: 'Teilnahmebedingungen',
      accessibility: 'Barrierefreiheit',
    },
    shipped:
      'Das ist der Text, den die Software mitbringt. Der Betreiber dieser Instanz hat ihn sich noch nicht zu eigen gemacht; was fehlt, steht in eckigen Klammern.',
    version: (number, from) => `Fassung ${number}, gilt ab ${from}`,
    older: (number) => `Das ist Fassung ${number}. Jetzt gilt eine andere.`,
    coming: (number, from) => `Fassung ${number} gilt ab ${from}.`,
    now: 'Die jetzt geltende lesen',
    versions: 'Alle Fassungen',
    hash: 'SHA-256 dieses Textes',
    published: (at) => `veröffentlicht am ${at}`,
    list: {
      title: 'Texte für die Öffentlichkeit',
      intro:
        'Was das Recht von allen verlangt, die eine Instanz betreiben. Jeder Text hat Fassungen; eine veröffentlichte ändert sich nie und bleibt unter ihrer Adresse.',
      caption: 'Die Texte',
      name: 'Text',
      state: 'Stand',
      change: 'Ändern',
      shipped: 'mitgelieferter Text, noch nicht Ihrer',
      draft: 'Entwurf',
      edit: (name) => `Bearbeiten: ${name}`,
      advice:
        'Die mitgelieferten Texte sagen, was die Software tut. Sie sind keine Rechtsberatung; lassen Sie Ihre von jemandem lesen, der sie gibt.',
    },
    edit: {
      title: (name) => `Bearbeiten: ${name}`,
      intro:
        'Reiner Text. „# “ beginnt eine Überschrift, „- “ einen Listenpunkt, eine Leerzeile einen Absatz.',
      gaps: (count) =>
        `Noch ${count === 1 ? 'eine Stelle' : `${count} Stellen`} in eckigen Klammern auszufüllen.`,
      en: 'Englisch',
      de: 'Deutsch',
      preview: 'Als Entwurf behalten und ansehen',
      draft: 'Das ist Ihr Entwurf; sonst sieht ihn niemand.',
      stored: (language) => `Was jetzt gespeichert ist: ${language}`,
      drop: 'Entwurf verwerfen',
      imprintHint:
        'Name, Rechtsform, Rolle, Entgelt und Anschrift kommen aus der Einrichtung und stehen über diesem Text.',
      back: 'Alle Texte',
    },
    preview: {
      title: (name) => `Entwurf: ${name}`,
      from: 'Gilt ab',
      fromHint:
        'Leer lassen, damit er sofort gilt. Ein späterer Tag wird bis dahin auf der Seite angekündigt.',
      publish: 'Diese Fassung veröffentlichen',
      edit: 'Weiter bearbeiten',
      done: (number) => `Fassung ${number} ist veröffentlicht.`,
    },
  },
);
