import { defineMessages } from '../../kernel/index.ts';

/** Texts about checks that end: the moderators' page, one's own page, the mail. */
export const checkText = defineMessages(
  {
    desk: {
      title: 'Checks of an entry',
      intro:
        'A check that turned out wrong can be taken back. The signatory reads your reason and gets it by mail; who has no other check left is no longer featured.',
      find: 'Show its checks',
      none: 'Nothing is checked here beyond the e-mail.',
      reason: 'Reason, goes by mail',
      button: 'Take this check back',
      done: 'Taken back. The wall and its numbers follow within half a minute.',
    },
    mine: {
      rename:
        'Checks are about your name. With another name they end, but that of your mailbox, and so do a place among the featured and vouches you gave.',
      endedTitle: 'Checks that ended',
      ended: (words: string, date: string) => `${words}. Ended on ${date}`,
      for: {
        moderator: 'taken back by a moderator',
        voucher: 'taken back by the organisation that vouched',
        name: 'your name changed',
        domain: 'the domain is no longer on the list of official ones',
      },
      reason: (reason: string) => `The reason: ${reason}`,
      vouches: 'For whom you vouch',
      vouchReason: 'Why you take it back; the person reads it',
      vouchButton: 'Take this vouch back',
    },
    mail: {
      subject: 'A check of your signature was taken back',
      moderator: 'A moderator has taken this check back:',
      voucher: 'The organisation that vouched for you has taken that back:',
      reason: (reason: string) => `The reason: ${reason}`,
      stays: 'Your signature counts as before. If it had no other check, it is no longer among the featured.',
      disagree: 'If you do not agree, write to the address for complaints below.',
      action: 'See my signature',
    },
  },
  {
    desk: {
      title: 'Prüfungen eines Eintrags',
      intro:
        'Eine Prüfung, die sich als falsch erweist, lässt sich zurücknehmen. Die unterzeichnende Person liest Ihre Begründung und erhält sie per E-Mail; wer keine andere Prüfung hat, ist nicht mehr hervorgehoben.',
      find: 'Prüfungen zeigen',
      none: 'Hier ist außer der E-Mail nichts geprüft.',
      reason: 'Begründung, geht per E-Mail',
      button: 'Diese Prüfung zurücknehmen',
      done: 'Zurückgenommen. Wand und Zahlen folgen binnen einer halben Minute.',
    },
    mine: {
      rename:
        'Prüfungen gelten Ihrem Namen. Mit einem anderen Namen enden sie, außer der Ihres Postfachs, ebenso eine Hervorhebung und Bürgschaften, die Sie gegeben haben.',
      endedTitle: 'Prüfungen, die beendet sind',
      ended: (words, date) => `${words}. Beendet am ${date}`,
      for: {
        moderator: 'von der Moderation zurückgenommen',
        voucher: 'von der Organisation zurückgenommen, die gebürgt hatte',
        name: 'Ihr Name hat sich geändert',
        domain: 'die Domain steht nicht mehr auf der Liste der offiziellen',
      },
      reason: (reason) => `Der Grund: ${reason}`,
      vouches: 'Für wen Sie bürgen',
      vouchReason: 'Warum Sie das zurücknehmen; die Person liest es',
      vouchButton: 'Diese Bürgschaft zurücknehmen',
    },
    mail: {
      subject: 'Eine Prüfung Ihrer Unterschrift wurde zurückgenommen',
      moderator: 'Die Moderation hat diese Prüfung zurückgenommen:',
      voucher: 'Die Organisation, die für Sie gebürgt hat, hat das zurückgenommen:',
      reason: (reason) => `Der Grund: ${reason}`,
      stays:
        'Ihre Unterschrift zählt wie bisher. Hatte sie keine andere Prüfung, ist sie nicht mehr hervorgehoben.',
      disagree: 'Sind Sie nicht einverstanden, schreiben Sie an die Beschwerdeadresse unten.',
      action: 'Meine Unterschrift ansehen',
    },
  },
);
