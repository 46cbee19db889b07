import { defineProblems } from '../../kernel/index.ts';

/** Everything that can be wrong about pledges, pages of companies and what operators write down. */
export const { problems: companyProblems, fail } = defineProblems({
  'company-page-unknown': {
    status: 404,
    en: { title: 'There is no page of such a company.', cure: 'Choose one from the list of companies.' },
    de: {
      title: 'Eine Seite zu diesem Unternehmen gibt es nicht.',
      cure: 'Wählen Sie eines aus der Liste der Unternehmen.',
    },
  },
  'company-needed': {
    status: 403,
    en: {
      title: 'This is said by a company, and you act for yourself.',
      cure: 'Register your organisation or choose the one you act for, then come back.',
    },
    de: {
      title: 'Das sagt ein Unternehmen, und Sie handeln für sich selbst.',
      cure: 'Melden Sie Ihre Organisation an oder wählen Sie die, für die Sie handeln, und kommen Sie wieder.',
    },
  },
  'company-signer-needed': {
    status: 403,
    en: {
      title: 'You may see for this organisation, not sign.',
      cure: 'Ask a signer or an administrator of the organisation.',
    },
    de: {
      title: 'Sie dürfen für diese Organisation sehen, nicht unterzeichnen.',
      cure: 'Bitten Sie jemanden aus der Organisation, der unterzeichnen darf oder sie verwaltet.',
    },
  },
  'company-site-needed': {
    status: 409,
    en: {
      title: 'Control of a website of the company is not shown yet.',
      cure: 'Register the website of your company and prove it by file, DNS or meta tag; then come back.',
    },
    de: {
      title: 'Noch ist nicht nachgewiesen, dass eine Website zum Unternehmen gehört.',
      cure: 'Melden Sie die Website Ihres Unternehmens an und weisen Sie sie durch Datei, DNS oder Meta-Tag nach; kommen Sie dann wieder.',
    },
  },
  'pledge-outdated': {
    status: 409,
    en: {
      title: 'The text of the pledge has changed since you opened the page.',
      cure: 'Read the new text and sign it if you agree.',
    },
    de: {
      title: 'Der Text der Zusage hat sich geändert, seit Sie die Seite geöffnet haben.',
      cure: 'Lesen Sie den neuen Text, und unterzeichnen Sie, wenn Sie zustimmen.',
    },
  },
  'pledge-signed': {
    status: 409,
    en: { title: 'Your company has signed this pledge.', cure: 'There is nothing left to do.' },
    de: { title: 'Ihr Unternehmen hat diese Zusage unterzeichnet.', cure: 'Es ist nichts mehr zu tun.' },
  },
  'reply-waits': {
    status: 409,
    en: {
      title: 'A reply of yours still waits until somebody has looked who sent it.',
      cure: 'Wait for that; your page of the reply shows it. Only who you are is looked at, not what you say.',
    },
    de: {
      title: 'Eine Antwort von Ihnen wartet noch darauf, dass jemand geprüft hat, von wem sie kommt.',
      cure: 'Warten Sie das ab; die Seite der Antwort zeigt es. Geprüft wird nur, wer Sie sind, nicht was Sie sagen.',
    },
  },
  'reply-of-another': {
    status: 409,
    en: {
      title: 'Your organisation is known here as another company.',
      cure: 'Open the page of your own company. If this is a mistake, write to the operator.',
    },
    de: {
      title: 'Ihre Organisation ist hier als ein anderes Unternehmen bekannt.',
      cure: 'Öffnen Sie die Seite Ihres eigenen Unternehmens. Ist das ein Irrtum, schreiben Sie dem Betreiber.',
    },
  },
  'reply-unknown': {
    status: 404,
    en: { title: 'There is no such reply.', cure: 'Choose one from the list.' },
    de: { title: 'Diese Antwort gibt es nicht.', cure: 'Wählen Sie eine aus der Liste.' },
  },
  'reply-decided': {
    status: 409,
    en: { title: 'This reply is decided already.', cure: 'Go back to the list; it shows what is open.' },
    de: {
      title: 'Über diese Antwort ist schon entschieden.',
      cure: 'Gehen Sie zurück zur Liste; sie zeigt, was offen ist.',
    },
  },
  'entry-not-there': {
    status: 404,
    en: { title: 'There is no such entry.', cure: 'Choose one from the list of entries.' },
    de: { title: 'Diesen Eintrag gibt es nicht.', cure: 'Wählen Sie einen aus der Liste der Einträge.' },
  },
  'entry-changed-meanwhile': {
    status: 409,
    en: {
      title: 'Somebody else has corrected this entry since you opened it.',
      cure: 'Look at the newest version and correct that one.',
    },
    de: {
      title: 'Jemand anderes hat diesen Eintrag berichtigt, seit Sie ihn geöffnet haben.',
      cure: 'Sehen Sie die neueste Fassung an, und berichtigen Sie diese.',
    },
  },
  'funnel-not-public': {
    status: 404,
    en: {
      title: 'These numbers are not public.',
      cure: 'Look at the public numbers of this instance instead.',
    },
    de: {
      title: 'Diese Zahlen sind nicht öffentlich.',
      cure: 'Sehen Sie stattdessen die öffentlichen Zahlen dieser Instanz an.',
    },
  },
});
