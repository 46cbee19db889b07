import { defineMessages } from '../../kernel/index.ts';

/** Texts of going on from a signature to somebody who licenses, and of the operator's list of such bodies. */
export const handoverText = defineMessages(
  {
    goOn: {
      title: 'Decide what AI may do with your work',
      text: 'Somebody who licenses takes you on from here. Choose one; what you typed goes along, if you agree, and nothing needs typing again. Saying no AI is as complete an answer as a licence.',
      button: (name: string) => `Go on to ${name}`,
      optional: 'You can also leave it at your signature. It counts either way.',
    },
    ready: {
      title: 'One more step',
      lead: (name: string) => `Everything is ready for you at ${name}.`,
      link: (name: string) => `Open ${name}`,
      hint: 'The link works once, for 30 minutes. It says nothing about you; with it the data you agreed to are fetched.',
    },
    bodies: {
      title: 'Bodies that license',
      intro:
        'After signing, people can go on to one of these: a society, a guild, a publisher, each with a clearing house of its own. What they typed goes along by consent, once.',
      name: 'Name',
      baseUrl: 'Address of its clearing house',
      baseUrlHint: 'It must name this campaign among those it trusts.',
      aboutEn: 'One sentence about it, in English',
      aboutDe: 'One sentence about it, in German',
      about: 'About it',
      add: 'Add this body',
      remove: 'Take off the list',
      removeAsk: 'Nobody is handed on to it any more. What it received stays with it.',
      none: 'Nobody is on the list. Signatories can open an account here, if licences run here.',
      done: 'Done.',
    },
  },
  {
    goOn: {
      title: 'Entscheiden, was KI mit Ihrem Werk darf',
      text: 'Von hier an übernimmt, wer lizenziert. Wählen Sie eine Stelle; was Sie getippt haben, geht mit, wenn Sie einwilligen, und nichts muss erneut getippt werden. Ein Nein zu KI ist eine ebenso vollständige Antwort wie eine Lizenz.',
      button: (name) => `Weiter zu ${name}`,
      optional: 'Sie können es auch bei der Unterschrift belassen. Sie zählt in jedem Fall.',
    },
    ready: {
      title: 'Noch ein Schritt',
      lead: (name) => `Bei ${name} ist alles für Sie bereit.`,
      link: (name) => `${name} öffnen`,
      hint: 'Der Link gilt einmal, 30 Minuten lang. Er sagt nichts über Sie; mit ihm wird abgeholt, worin Sie eingewilligt haben.',
    },
    bodies: {
      title: 'Stellen, die lizenzieren',
      intro:
        'Nach der Unterschrift können Menschen zu einer dieser Stellen weitergehen: einer Gesellschaft, einer Gilde, einem Verlag, jede mit eigener Lizenzstelle. Was sie getippt haben, geht mit Einwilligung einmalig mit.',
      name: 'Name',
      baseUrl: 'Adresse ihrer Lizenzstelle',
      baseUrlHint: 'Dort muss diese Kampagne unter den vertrauten stehen.',
      aboutEn: 'Ein Satz über sie, auf Englisch',
      aboutDe: 'Ein Satz über sie, auf Deutsch',
      about: 'Über sie',
      add: 'Diese Stelle aufnehmen',
      remove: 'Von der Liste nehmen',
      removeAsk: 'Niemand wird mehr dorthin weitergegeben. Was sie erhalten hat, bleibt bei ihr.',
      none: 'Niemand steht auf der Liste. Unterzeichnende können hier ein Konto öffnen, wenn hier Lizenzen laufen.',
      done: 'Erledigt.',
    },
  },
);
