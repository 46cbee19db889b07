import { defineMessages } from '../../kernel/index.ts';

/** Words of the page of what the campaign brought, and of the funnel. */
export const impactText = defineMessages(
  {
    title: 'What it has brought',
    description: 'What the campaign has brought so far, each with its date and where it can be checked.',
    lead: 'Each entry with its date and where it can be checked. What records show is counted by the machine; what people wrote down has a source, and corrections stay visible.',
    none: 'Nothing yet',
    noneHint: 'The first entry appears with the first confirmed signature.',
    fromRecords: 'from records',
    written: 'written down',
    means: 'Means',
    proof: {
      log: (n: string) => `Entry ${n} of the public log`,
      page: 'Where it is shown',
      waits: 'Its entry in the public log follows within a day.',
    },
    what: {
      signatures: (n: string) => (n === '1' ? 'The first signature' : `${n} signatures`),
      goal: (n: string) => `A goal reached: ${n}`,
      'first-licence': 'The first licence',
      'licensee-named': (name: string) => `${name} holds a licence and says so`,
      pledge: (name: string) => `${name} signed the pledge`,
      'first-payout': 'The first money paid to a creator',
    },
    definition: {
      signatures:
        'The moment at which so many of those who count today had confirmed. Withdrawals move it; the log keeps the count of each day.',
      goal: 'A number the campaign had set itself, with the moment at which that many were counted. It stays, whoever withdraws later.',
      'first-licence':
        'The first agreement between a company and holders that was made here, whether it is still in force or not.',
      'licensee-named':
        'The oldest licence in force of a company that agreed to be named. The entry goes when the last licence ends or the company no longer wants to be named.',
      pledge: 'A promise of a company whose website was checked. A promise is no licence.',
      'first-payout': 'The first payout that a record of the bank shows as gone out.',
    },
    source: 'Source',
    funnel: {
      title: 'From a signature to a payment',
      lead: 'How many people have come how far. Counted from records at this moment; each person counts once at each step.',
      caption: (time: string) => `As of ${time}`,
      head: { step: 'Step', signed: 'Of those who signed', all: 'All people', means: 'Who is counted' },
      steps: {
        signed: 'Signed',
        registered: 'Registered',
        licensable: 'Licensable',
        licensed: 'Licensed',
        paid: 'Paid',
      },
      means: {
        signed: 'People whose signature is confirmed and counts now. Organisations are not in it.',
        registered: 'People who have accepted a share in a work that is registered and not withdrawn.',
        licensable:
          'Of these, people with a share in a work of which at least one AI use can be licensed now.',
        licensed: 'People whose share was licensed in at least one agreement, also when it is over.',
        paid: 'People to whom a record of the bank shows a payout that did not come back.',
      },
      refused: 'Said no, completely',
      refusedMeans:
        'People with a share in a work whose terms in force allow no AI use. This is as complete a result as a licence, and beside the way, not a step of it.',
      notASum:
        'The steps are counted apart: whoever was licensed once stays in “Licensed”, also when nothing of theirs can be licensed now.',
    },
    desk: {
      title: 'Funnel',
      notPublic: 'Only people who run this instance see this page.',
      publicSince: (date: string) => `Public since ${date}, at `,
      publish: 'Make this public',
      publishTitle: 'Make these numbers public for good?',
      publishText:
        'They then stand at /funnel, at /numbers and in the API, counted anew each time somebody looks. There is no way back: once public, they stay public, also when they become smaller.',
      publishButton: 'Yes, make them public for good',
      cancel: 'Not yet',
    },
  },
  {
    title: 'Was es gebracht hat',
    description: 'Was die Kampagne bisher gebracht hat, jeweils mit Datum und Ort zum Nachprüfen.',
    lead: 'Jeder Eintrag mit Datum und Ort zum Nachprüfen. Was Aufzeichnungen zeigen, zählt die Maschine; was Menschen aufgeschrieben haben, hat eine Quelle, und Berichtigungen bleiben sichtbar.',
    none: 'Noch nichts',
    noneHint: 'Der erste Eintrag erscheint mit der ersten bestätigten Unterschrift.',
    fromRecords: 'aus Aufzeichnungen',
    written: 'aufgeschrieben',
    means: 'Bedeutet',
    proof: {
      log: (n) => `Eintrag ${n} des öffentlichen Protokolls`,
      page: 'Wo es gezeigt wird',
      waits: 'Sein Eintrag im öffentlichen Protokoll folgt innerhalb eines Tages.',
    },
    what: {
      signatures: (n) => (n === '1' ? 'Die erste Unterschrift' : `${n} Unterschriften`),
      goal: (n) => `Ein Ziel erreicht: ${n}`,
      'first-licence': 'Die erste Lizenz',
      'licensee-named': (name) => `${name} hat eine Lizenz und sagt es`,
      pledge: (name) => `${name} hat die Zusage unterzeichnet`,
      'first-payout': 'Das erste Geld für eine Kreative oder einen Kreativen',
    },
    definition: {
      signatures:
        'Der Augenblick, in dem so viele von denen, die heute zählen, bestätigt hatten. Rückzüge verschieben ihn; das Protokoll bewahrt den Stand jedes Tages.',
      goal: 'Eine Zahl, die sich die Kampagne gesetzt hatte, mit dem Augenblick, in dem so viele gezählt wurden. Sie bleibt, wer auch immer später zurückzieht.',
      'first-licence':
        'Der erste Vertrag zwischen einem Unternehmen und Berechtigten, der hier geschlossen wurde, ob er noch gilt oder nicht.',
      'licensee-named':
        'Die älteste geltende Lizenz eines Unternehmens, das genannt werden will. Der Eintrag geht, wenn die letzte Lizenz endet oder das Unternehmen nicht mehr genannt werden will.',
      pledge:
        'Das Versprechen eines Unternehmens, dessen Website geprüft wurde. Ein Versprechen ist keine Lizenz.',
      'first-payout': 'Die erste Auszahlung, die ein Beleg der Bank als hinausgegangen zeigt.',
    },
    source: 'Quelle',
    funnel: {
      title: 'Von der Unterschrift zum Geld',
      lead: 'Wie viele Menschen wie weit gekommen sind. In diesem Augenblick aus Aufzeichnungen gezählt; jeder Mensch zählt bei jedem Schritt einmal.',
      caption: (time) => `Stand ${time}`,
      head: {
        step: 'Schritt',
        signed: 'Von denen, die unterzeichnet haben',
        all: 'Alle Menschen',
        means: 'Wer gezählt wird',
      },
      steps: {
        signed: 'Unterzeichnet',
        registered: 'Angemeldet',
        licensable: 'Lizenzierbar',
        licensed: 'Lizenziert',
        paid: 'Bezahlt',
      },
      means: {
        signed:
          'Menschen, deren Unterschrift bestätigt ist und jetzt zählt. Organisationen sind nicht dabei.',
        registered:
          'Menschen, die einen Anteil an einem angemeldeten, nicht zurückgezogenen Werk angenommen haben.',
        licensable:
          'Davon Menschen mit einem Anteil an einem Werk, von dem jetzt mindestens eine KI-Nutzung lizenziert werden kann.',
        licensed:
          'Menschen, deren Anteil in mindestens einem Vertrag lizenziert wurde, auch wenn er vorbei ist.',
        paid: 'Menschen, an die ein Beleg der Bank eine Auszahlung zeigt, die nicht zurückkam.',
      },
      refused: 'Vollständig Nein gesagt',
      refusedMeans:
        'Menschen mit einem Anteil an einem Werk, dessen geltende Bedingungen keine KI-Nutzung erlauben. Das ist ein ebenso vollständiges Ergebnis wie eine Lizenz; es steht neben dem Weg und ist kein Schritt davon.',
      notASum:
        'Die Schritte werden einzeln gezählt: Wer einmal lizenziert wurde, bleibt unter „Lizenziert“, auch wenn von ihm derzeit nichts lizenzierbar ist.',
    },
    desk: {
      title: 'Trichter',
      notPublic: 'Diese Seite sehen nur die, die diese Instanz betreiben.',
      publicSince: (date) => `Öffentlich seit ${date}, unter `,
      publish: 'Das öffentlich machen',
      publishTitle: 'Diese Zahlen für immer öffentlich machen?',
      publishText:
        'Sie stehen dann unter /funnel, unter /numbers und in der API, jedes Mal neu gezählt. Es gibt kein Zurück: Einmal öffentlich, bleiben sie es, auch wenn sie kleiner werden.',
      publishButton: 'Ja, für immer öffentlich machen',
      cancel: 'Noch nicht',
    },
  },
);
