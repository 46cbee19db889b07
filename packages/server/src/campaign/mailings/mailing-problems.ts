import { defineProblems } from '../../kernel/index.ts';

export const { problems: mailingProblems, fail } = defineProblems({
  'mailing-unknown': {
    status: 404,
    en: { title: 'There is no such mailing.', cure: 'Choose one from the list of mailings.' },
    de: { title: 'Diesen Rundbrief gibt es nicht.', cure: 'Wählen Sie einen aus der Liste der Rundbriefe.' },
  },
  'mailing-fixed': {
    status: 409,
    en: {
      title: 'This mailing is approved; its words and recipients are fixed.',
      cure: 'Stop it if it must not go out, and write a new one.',
    },
    de: {
      title: 'Dieser Rundbrief ist freigegeben; Worte und Empfangende stehen fest.',
      cure: 'Beenden Sie ihn, wenn er nicht hinausgehen darf, und schreiben Sie einen neuen.',
    },
  },
  'mailing-edited-meanwhile': {
    status: 409,
    en: {
      title: 'Somebody else has changed this mailing since you opened it.',
      cure: 'Look at what it says now, then change it again. Your words are still in the form.',
    },
    de: {
      title: 'Jemand anders hat diesen Rundbrief geändert, seit Sie ihn geöffnet haben.',
      cure: 'Sehen Sie an, was jetzt darin steht, und ändern Sie dann erneut. Ihre Worte stehen noch im Formular.',
    },
  },
  'mailing-text-missing': {
    status: 422,
    en: {
      title: 'The mailing has no words in a language of those who would get it.',
      cure: 'Write subject and text in English and German, or narrow it down to one language.',
    },
    de: {
      title: 'Dem Rundbrief fehlen Worte in einer Sprache derer, die ihn bekämen.',
      cure: 'Schreiben Sie Betreff und Text auf Englisch und Deutsch, oder beschränken Sie ihn auf eine Sprache.',
    },
  },
  'mailing-not-proposed': {
    status: 409,
    en: { title: 'Nobody has asked for approval of this mailing.', cure: 'Ask for approval first.' },
    de: {
      title: 'Für diesen Rundbrief hat niemand um Freigabe gebeten.',
      cure: 'Bitten Sie zuerst um Freigabe.',
    },
  },
  'mailing-second-person': {
    status: 403,
    en: {
      title: 'Who wrote a mailing does not approve it.',
      cure: 'Ask another person who runs this instance to look at it.',
    },
    de: {
      title: 'Wer einen Rundbrief geschrieben hat, gibt ihn nicht frei.',
      cure: 'Bitten Sie eine andere Person, die diese Instanz betreibt, ihn anzusehen.',
    },
  },
  'mailing-not-under-way': {
    status: 409,
    en: {
      title: 'This cannot be done with the mailing in its present state.',
      cure: 'Open the mailing anew; it shows what can be done now.',
    },
    de: {
      title: 'Das geht mit dem Rundbrief in seinem jetzigen Stand nicht.',
      cure: 'Öffnen Sie den Rundbrief neu; er zeigt, was jetzt möglich ist.',
    },
  },
  'mailing-time-wrong': {
    status: 422,
    en: {
      title: 'This cannot be the time at which the mailing begins.',
      cure: 'Write date and time as 2027-01-31 and 09:30 (UTC), ahead of now and within two years, or leave both empty.',
    },
    de: {
      title: 'Zu dieser Zeit kann der Rundbrief nicht beginnen.',
      cure: 'Schreiben Sie Tag und Zeit als 2027-01-31 und 09:30 (UTC), in der Zukunft und innerhalb von zwei Jahren, oder lassen Sie beides leer.',
    },
  },
  'goal-passed': {
    status: 422,
    en: {
      title: 'That many people have signed already.',
      cure: 'Set a goal above the present number.',
    },
    de: { title: 'So viele haben schon unterzeichnet.', cure: 'Setzen Sie ein Ziel über der jetzigen Zahl.' },
  },
  'goal-unknown': {
    status: 404,
    en: {
      title: 'There is no such open goal.',
      cure: 'Goals that are reached stay; look at the list of goals.',
    },
    de: {
      title: 'Dieses offene Ziel gibt es nicht.',
      cure: 'Erreichte Ziele bleiben; sehen Sie in die Liste der Ziele.',
    },
  },
  'bounce-secret-wrong': {
    status: 403,
    en: {
      title: 'This is not the secret for returned mail.',
      cure: 'Send it as a bearer token; it stands on the operator’s page about returned mail.',
    },
    de: {
      title: 'Das ist nicht das Geheimnis für zurückgekommene Post.',
      cure: 'Senden Sie es als Bearer-Token; es steht auf der Betreiberseite über zurückgekommene Post.',
    },
  },
});
