import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about quotes, agreements and clients. */
export const { problems: licensingProblems, fail: failLicensing } = defineProblems({
  'quote-unknown': {
    status: 404,
    en: { title: 'There is no such quote.', cure: 'Ask for a new quote from the catalogue.' },
    de: {
      title: 'Dieses Preisangebot gibt es nicht.',
      cure: 'Fordern Sie im Katalog ein neues Preisangebot an.',
    },
  },
  'quote-expired': {
    status: 410,
    en: {
      title: 'This quote can no longer be accepted: its 14 days are over.',
      cure: 'Ask for a new quote for the same works; prices may have changed.',
    },
    de: {
      title: 'Dieses Preisangebot kann nicht mehr angenommen werden: Seine 14 Tage sind vorbei.',
      cure: 'Fordern Sie für dieselben Werke ein neues Preisangebot an; Preise können sich geändert haben.',
    },
  },
  'quote-accepted': {
    status: 409,
    en: {
      title: 'This quote has been accepted already.',
      cure: 'Open the agreement it became. For another licence ask for a new quote.',
    },
    de: {
      title: 'Dieses Preisangebot wurde schon angenommen.',
      cure: 'Öffnen Sie die Vereinbarung dazu. Für eine weitere Lizenz fordern Sie ein neues Preisangebot an.',
    },
  },
  'quote-outdated': {
    status: 409,
    en: {
      title: 'Since this quote was made, something changed for at least one of its works.',
      cure: 'Ask for a new quote; it shows what can be licensed now and at what price.',
    },
    de: {
      title: 'Seit diesem Preisangebot hat sich bei mindestens einem der Werke etwas geändert.',
      cure: 'Fordern Sie ein neues Preisangebot an; es zeigt, was jetzt zu welchem Preis zu haben ist.',
    },
  },
  'quote-empty': {
    status: 409,
    en: {
      title: 'Nothing in this quote can be licensed.',
      cure: 'Read the reason beside each work, and choose other works or another use.',
    },
    de: {
      title: 'In diesem Preisangebot kann nichts lizenziert werden.',
      cure: 'Lesen Sie den Grund bei jedem Werk und wählen Sie andere Werke oder eine andere Nutzung.',
    },
  },
  'not-a-signer': {
    status: 403,
    en: {
      title: 'You may not sign for this company.',
      cure: 'Ask somebody who may sign for it, or let an administrator give you that role.',
    },
    de: {
      title: 'Sie dürfen für dieses Unternehmen nicht unterschreiben.',
      cure: 'Bitten Sie eine zeichnungsberechtigte Person oder lassen Sie sich diese Rolle geben.',
    },
  },
  'licensee-needed': {
    status: 409,
    en: {
      title: 'Licences are taken by companies, and you are not acting for one.',
      cure: 'Register your organisation, or choose the one you act for.',
    },
    de: {
      title: 'Lizenzen nehmen Unternehmen, und Sie handeln gerade für keines.',
      cure: 'Melden Sie Ihre Organisation an oder wählen Sie, für welche Sie handeln.',
    },
  },
  'unit-not-for-license': {
    status: 422,
    en: {
      title: 'This use is not counted in this unit.',
      cure: 'Training is licensed per model version; index and answers per fetch or per answer.',
    },
    de: {
      title: 'Diese Nutzung wird nicht in dieser Einheit gezählt.',
      cure: 'Training wird je Modellversion lizenziert, Index und Antworten je Abruf oder je Antwort.',
    },
  },
  'model-scope-needed': {
    status: 422,
    en: {
      title: 'A licence per model version has to say which version.',
      cure: 'Name the model version, or give the SHA-256 commitment to its name.',
    },
    de: {
      title: 'Eine Lizenz je Modellversion muss sagen, für welche.',
      cure: 'Nennen Sie die Modellversion oder geben Sie den SHA-256-Nachweis ihres Namens an.',
    },
  },
  'agreement-unknown': {
    status: 404,
    en: { title: 'There is no such agreement.', cure: 'Look for it among your agreements.' },
    de: { title: 'Diese Vereinbarung gibt es nicht.', cure: 'Suchen Sie sie unter Ihren Vereinbarungen.' },
  },
  'agreement-not-in-force': {
    status: 409,
    en: {
      title: 'This agreement is not in force: it has ended or was revoked.',
      cure: 'Ask for a new quote for the same works.',
    },
    de: {
      title: 'Diese Vereinbarung gilt nicht: Sie ist abgelaufen oder wurde widerrufen.',
      cure: 'Fordern Sie für dieselben Werke ein neues Preisangebot an.',
    },
  },
  'client-unknown': {
    status: 404,
    en: { title: 'There is no such client.', cure: 'Look for it among the clients of your company.' },
    de: {
      title: 'Diesen Client gibt es nicht.',
      cure: 'Suchen Sie ihn unter den Clients Ihres Unternehmens.',
    },
  },
  'client-revoked': {
    status: 409,
    en: { title: 'This client was revoked.', cure: 'Create a new client.' },
    de: { title: 'Dieser Client wurde widerrufen.', cure: 'Legen Sie einen neuen Client an.' },
  },
  'too-many-clients': {
    status: 409,
    en: { title: 'Your company has 50 clients in use.', cure: 'Revoke one that is no longer needed.' },
    de: {
      title: 'Ihr Unternehmen hat 50 Clients in Gebrauch.',
      cure: 'Widerrufen Sie einen, den Sie nicht mehr brauchen.',
    },
  },
  'copy-not-in-license': {
    status: 422,
    en: {
      title: 'This SHA-256 is not that of a licensed work.',
      cure: 'Compare it with the manifest of the agreement; every byte counts.',
    },
    de: {
      title: 'Dieser SHA-256 gehört zu keinem lizenzierten Werk.',
      cure: 'Vergleichen Sie ihn mit dem Verzeichnis der Vereinbarung; jedes Byte zählt.',
    },
  },
  'file-unknown': {
    status: 404,
    en: {
      title: 'There is no such file in this agreement.',
      cure: 'Take the address from the manifest of the agreement.',
    },
    de: {
      title: 'Diese Datei gibt es in der Vereinbarung nicht.',
      cure: 'Nehmen Sie die Adresse aus dem Verzeichnis der Vereinbarung.',
    },
  },
  'standing-on-already': {
    status: 409,
    en: {
      title: 'Automatic acceptance is switched on already.',
      cure: 'Switch it off first, then on again with the new limit.',
    },
    de: {
      title: 'Die automatische Annahme ist schon eingeschaltet.',
      cure: 'Schalten Sie sie zuerst aus, dann mit der neuen Grenze wieder ein.',
    },
  },
  'company-unknown': {
    status: 404,
    en: {
      title: 'There is no such company here.',
      cure: 'Check its number; it stands on the page of each of its licences.',
    },
    de: {
      title: 'Dieses Unternehmen gibt es hier nicht.',
      cure: 'Prüfen Sie die Nummer; sie steht auf der Seite jeder seiner Lizenzen.',
    },
  },
  'naming-needs-agreement': {
    status: 409,
    en: {
      title: 'A company is named as a licensee only while a licence of its own is in force.',
      cure: 'Take a licence from the catalogue, then come back.',
    },
    de: {
      title: 'Als Lizenznehmer wird ein Unternehmen nur genannt, solange eine eigene Lizenz gilt.',
      cure: 'Nehmen Sie im Katalog eine Lizenz, und kommen Sie dann wieder.',
    },
  },
});
