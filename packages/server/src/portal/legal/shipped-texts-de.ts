import type { About } from './about.ts';
import type { LegalKey } from './legal-keys.ts';

const years = (n: number) => (n === 1 ? 'ein Jahr' : `${n} Jahre`);

/** The shipped texts in German, with the same sections as in English. */
export const SHIPPED_DE: { readonly [K in LegalKey]: (about: About) => string } = {
  imprint: ({ operator, complaints }) => `# Verantwortlich für den Inhalt

${operator} ist für den Inhalt dieser Instanz verantwortlich, außer für das, was andere unter eigenem Namen veröffentlicht haben.

[Verantwortliche Person für redaktionelle Inhalte, wo Ihr Recht eine verlangt: Name und Anschrift]

[Register und Nummer, Steuernummer, Aufsichtsbehörde, soweit vorhanden]

# Etwas melden

Jeder öffentliche Eintrag lässt sich auf seiner Seite mit einem Grund melden; die Antwort geht an die Adresse, die Sie nennen. Alles andere geht an ${complaints}.

[Kontaktstelle nach dem Gesetz über digitale Dienste und die Sprachen, die Sie lesen]

# Streitfälle

[Ob Sie an einer Streitbeilegung vor einer Verbraucherschlichtungsstelle teilnehmen, und an welcher]`,

  privacy: ({ instance, operator, imprint, complaints, notice, kept }) => `# Wer verantwortlich ist

${operator} betreibt ${instance} und ist für die hier beschriebenen Daten verantwortlich.

${imprint}

Fragen und Beschwerden: ${complaints}. [Datenschutzbeauftragte, soweit vorhanden]

# In den Worten des Betreibers

${notice}

# Was gespeichert wird, wofür und wie lange

- Unterschrift unter den Aufruf: Name, wie er erscheinen soll, Gewerk, Land und was Sie sonst angeben wollten, weil Sie eingewilligt haben. Sie bleibt, solange sie zählt. Ziehen Sie sie zurück, ist sie innerhalb einer Minute aus Wand, Zählung und Export verschwunden, und ihr Datensatz bleibt ${years(kept.withdrawnYears)} als Nachweis, dass Sie eingewilligt hatten; ebenso, wenn die Moderation sie entfernt. Löschen Sie sie, ist sie sofort weg, mit den Mails dazu.
- Unterschriften, die nicht zählen: Was niemand bestätigt, wird nach ${kept.pendingDays} Tagen gelöscht. Was als maschinell entfernt wird, bleibt ${years(kept.invalidatedYears)}, damit sich ein Irrtum rückgängig machen lässt.
- Woher eine Unterschrift kam: ein mit einem Schlüssel gebildeter Hash des Netzes, nie die Adresse, ${kept.networkDays} Tage lang, um Fluten zu bemerken.
- Listen, mit denen andere für Sie unterzeichnen oder Sie einladen: was sie als Vollmacht nennen, solange die Unterschrift besteht; nie eingereichte Listen, unbeantwortete Einladungen und ein Hash der angeschriebenen Adresse ${kept.listDays} Tage.
- Meldungen zu einem Eintrag und Belege an die Moderation: solange die Unterschrift besteht, um die es geht. Die Adresse, von der die Meldung kam, wird mit der Antwort gelöscht.
- Ihre E-Mail-Adresse: zum Bestätigen, zum Anmelden und um über das zu schreiben, was Sie hier tun. Sie wird nie gezeigt. Neuigkeiten brauchen eine eigene Einwilligung, und jede solche Mail beendet sie mit einem Klick.
- Konto: Name, Sprache, wo Sie angemeldet sind (Browserfamilie und Netz, nie die ganze Adresse), Passkeys (nur die öffentliche Hälfte).
- Werke, Anteile und Bedingungen: damit sie lizenziert werden können. Öffentlich ist, was die Seite des Werks zeigt.
- Wohin Sie bezahlt werden: versiegelt gespeichert, niemandem gezeigt außer den letzten vier Zeichen, so lange aufbewahrt, wie das Recht der Buchführung verlangt.
- Verträge, Nutzung, Rechnungen, Abrechnungen, Auszahlungen: so lange, wie das Recht der Buchführung verlangt. [Jahre]
- Aktivitäten: wer wann was getan hat, mit Nummern ohne Namen.
- Serverprotokoll: Zeit, Adresse der Seite und Ergebnis; keine Links, die etwas öffnen. [Tage]

Wenn Sie eine Unterschrift löschen, bleiben mit einem Schlüssel gebildete Hashes Ihrer Adresse und von Name und Land ${years(kept.suppressionYears)}, damit niemand Sie gegen Ihren Willen neu einträgt; lesen lässt sich daraus beides nicht. Das öffentliche Protokoll enthält keine Namen: Seine Einträge sind Hashes mit einem Geheimnis, das mit Ihren Daten gelöscht wird.

# Wer Daten bekommt

- Die Öffentlichkeit: was Sie zeigen wollten.
- Unternehmen, die eine Lizenz nehmen: was die Lizenz über ihre Inhaber sagen muss.
- Banken: was eine Überweisung braucht.
- [Ihre Anbieter für Rechner und E-Mail, mit Land und Vertrag]

Hier gibt es keine Verfolgung, keine Werbung und keine Anfrage an andere, während Sie diese Seiten lesen.

# Cookies

Eines, das Sie angemeldet hält, eines für Ihre Sprache und für eine halbe Stunde eines, das ein Formular wiederfindet, das nicht gesendet werden konnte. Keines verfolgt Sie.

# Ihre Rechte

Im Konto können Sie alles, was über Sie gespeichert ist, sehen und herunterladen, es berichtigen, Einwilligungen widerrufen, Ihre Unterschrift und Ihr Konto löschen, ohne uns zu fragen. Sie dürfen widersprechen, die Verarbeitung einschränken lassen und sich bei einer Aufsichtsbehörde beschweren. [Bei welcher]

[Rechtsgrundlagen nach Ihrem Recht, Artikel für Artikel]`,

  participation: ({ instance, operator }) => `# Worum es geht

${instance}, betrieben von ${operator}, führt Unterschriften unter einem Aufruf und Lizenzen, in denen Kreative sagen, was KI mit ihren Werken tun darf und zu welchem Preis. Die Teilnahme kostet nichts; das Entgelt auf jede Zahlung steht im Impressum und auf jeder Zeile.

# Wer teilnehmen darf

Menschen ab 16 Jahren, oder mit Zustimmung derer, die für sie sorgen. Wer für andere handelt, muss das dürfen. Jede Person unterzeichnet einmal.

# Was Sie zusagen

- Sie unterzeichnen mit Ihrem Namen oder dem Namen, unter dem Sie veröffentlichen, und nur für sich oder für die, für die Sie handeln dürfen.
- Sie melden nur Werke an, an denen Sie den genannten Anteil halten, und sagen uns, wenn sich das ändert.
- Sie geben sich für niemand anderen aus und versuchen nicht, diese Instanz zu stören oder herauszufinden, wer andere sind.

# Was wir zusagen

- Schweigen lizenziert nie: Ohne Ihr Ja zu genau diesen Bedingungen ist nichts lizenziert.
- Eine Änderung der Bedingungen ist eine neue Fassung und berührt keinen laufenden Vertrag.
- Jede Zahlung lässt sich nachrechnen, und wer bezahlt wird, bekommt, was dazu nötig ist.
- Sie können jederzeit gehen und mitnehmen, was Ihnen gehört. Vorher geschlossene Verträge laufen für die weiter, die sie haben.

# Wenn etwas nicht stimmt

Wer einen Eintrag für falsch hält, kann ihn melden. Wir sehen ihn an, hören die andere Seite, wo das möglich ist, und antworten mit Gründen. Bis dahin kann ein Eintrag angehalten werden. Wer gegen diese Bedingungen verstößt, kann mit Gründen und nach Anhörung ausgeschlossen werden.

# Was wir nicht zusagen

Eine Lizenz hält fest, was ihr Lizenzgeber erklärt hat; sie beweist kein Eigentum. Die Software verleiht niemandem eine Rechtsstellung. [Haftung, soweit Ihr Recht sie begrenzen lässt]

# Änderungen

Eine neue Fassung dieser Bedingungen wird mit dem Tag angekündigt, ab dem sie gilt. Ältere bleiben unter ihrer Adresse. [Recht und Gerichtsstand]`,

  accessibility: ({ operator, complaints }) => `# Wie weit wir sind

${operator} möchte, dass alle diese Seiten benutzen können. Sie sind dafür gebaut, WCAG 2.2 auf Stufe AA und EN 301 549 zu erfüllen.

- Jede Aufgabe geht allein mit der Tastatur und ohne Skripte.
- Jede Seite wird von einem Programm in beiden Sprachen und Farbschemata geprüft; Reihenfolge und Wortlaut prüfen Menschen.
- Text lässt sich auf 400 % vergrößern, Farben folgen Ihren Einstellungen, Bewegung hält an, wo Sie das wünschen.
- Jedes Diagramm hat seine Tabelle daneben.

# Was noch nicht geht

- Dateien, die andere einreichen, etwa Bilder und Scans, haben vielleicht keine Textalternative.
- [Was Sie sonst wissen]

# Sagen Sie es uns

Wenn Sie etwas aussperrt, schreiben Sie an ${complaints}. Wir antworten innerhalb von [zwei Wochen].

[Durchsetzungsstelle Ihres Landes mit Anschrift]

Diese Erklärung beruht auf einer Selbstbewertung des Betreibers. [Tag der letzten Bewertung]`,
};
