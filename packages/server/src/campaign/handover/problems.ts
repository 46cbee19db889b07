import { defineProblems } from '../../kernel/index.ts';

export const { problems: handoverProblems, fail } = defineProblems({
  'licensing-body-known': {
    status: 409,
    en: {
      title: 'A body with this address is on the list already.',
      cure: 'Take the entry off the list first if its name or sentence should change.',
    },
    de: {
      title: 'Eine Stelle mit dieser Adresse steht schon auf der Liste.',
      cure: 'Nehmen Sie den Eintrag zuerst von der Liste, wenn sich Name oder Satz ändern soll.',
    },
  },
  'licensing-body-insecure': {
    status: 422,
    en: {
      title: 'The address of this body does not start with https.',
      cure: 'Names and mail addresses travel there: give the address with https.',
    },
    de: {
      title: 'Die Adresse dieser Stelle beginnt nicht mit https.',
      cure: 'Dorthin gehen Namen und Mailadressen: Geben Sie die Adresse mit https an.',
    },
  },
  'licensing-body-unknown': {
    status: 404,
    en: {
      title: 'This body is not on the list, or not any more.',
      cure: 'Go back to the page you came from and choose one of those it shows now.',
    },
    de: {
      title: 'Diese Stelle steht nicht oder nicht mehr auf der Liste.',
      cure: 'Gehen Sie zur vorigen Seite zurück und wählen Sie eine von denen, die jetzt dort stehen.',
    },
  },
  'handover-unknown': {
    status: 404,
    en: {
      title: 'The campaign does not know this step.',
      cure: 'Open your own page from one of its mails and go on from there again.',
    },
    de: {
      title: 'Die Kampagne kennt diesen Schritt nicht.',
      cure: 'Öffnen Sie Ihre eigene Seite aus einer ihrer Mails und gehen Sie von dort erneut weiter.',
    },
  },
  'handover-over': {
    status: 410,
    en: {
      title: 'This step was taken already, or its 30 minutes are over.',
      cure: 'If you have an account, sign in. Otherwise open your own page from one of the mails of the campaign and go on from there again.',
    },
    de: {
      title: 'Dieser Schritt ist schon getan, oder seine 30 Minuten sind um.',
      cure: 'Haben Sie ein Konto, melden Sie sich an. Sonst öffnen Sie Ihre eigene Seite aus einer der Mails der Kampagne und gehen Sie von dort erneut weiter.',
    },
  },
  'handover-needs-newer': {
    status: 409,
    en: {
      title: 'This step is that of an organisation, and the body that fetches reads people only.',
      cure: 'Fetch again with `version` 2 from a newer version of the software; the step stays good for its 30 minutes.',
    },
    de: {
      title: 'Dieser Schritt ist der einer Organisation, und die abholende Stelle liest nur Personen.',
      cure: 'Holen Sie mit einer neueren Version der Software und `version` 2 erneut ab; der Schritt gilt seine 30 Minuten weiter.',
    },
  },
  'handover-consent-outdated': {
    status: 422,
    en: {
      title: 'The words you agreed to are not those for this signature.',
      cure: 'Open your own page from one of the mails again, read them and agree anew.',
    },
    de: {
      title: 'Die Worte, in die Sie eingewilligt haben, sind nicht die für diese Unterschrift.',
      cure: 'Öffnen Sie Ihre eigene Seite aus einer der Mails erneut, lesen Sie sie und willigen Sie neu ein.',
    },
  },
  'handover-unreachable': {
    status: 502,
    en: {
      title: 'The campaign you come from did not answer as expected.',
      cure: 'Try again in a few minutes; your signature is not affected. You can also sign up here directly.',
    },
    de: {
      title: 'Die Kampagne, von der Sie kommen, hat nicht wie erwartet geantwortet.',
      cure: 'Versuchen Sie es in einigen Minuten erneut; Ihre Unterschrift berührt das nicht. Sie können sich auch direkt hier anmelden.',
    },
  },
  'campaign-not-trusted': {
    status: 403,
    en: {
      title: 'The operator here has not named this campaign among those it trusts.',
      cure: 'Sign up here directly; it takes a minute. The operator adds campaigns under "Two faces".',
    },
    de: {
      title: 'Der Betreiber hier hat diese Kampagne nicht unter den vertrauten genannt.',
      cure: 'Melden Sie sich direkt hier an; das dauert eine Minute. Der Betreiber nimmt Kampagnen unter „Zwei Gesichter“ auf.',
    },
  },
  'face-host-same': {
    status: 422,
    en: {
      title: 'The campaign needs an address of its own, and both faces must run.',
      cure: 'Give a host name that differs from that of the licences, choose "Campaign and licences", or leave the address empty.',
    },
    de: {
      title: 'Die Kampagne braucht eine eigene Adresse, und beide Gesichter müssen laufen.',
      cure: 'Geben Sie einen anderen Hostnamen an als den der Lizenzen, wählen Sie „Kampagne und Lizenzen“ oder lassen Sie die Adresse leer.',
    },
  },
});
