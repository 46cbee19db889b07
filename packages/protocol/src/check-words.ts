import type { ProtocolCode } from './problem.ts';
import type { Sentences } from './tell-sentences.ts';

/** What to do about a problem, by its code. */
export const germanCures: Readonly<Record<ProtocolCode, string>> = {
  'canonical-bigint': 'Schreiben Sie den Betrag als Dezimalzahl in Anführungszeichen.',
  'canonical-unsafe-integer':
    'Schreiben Sie ganze Zahlen über 2^53 - 1 als Dezimalzahlen in Anführungszeichen.',
  'canonical-not-finite': 'Lassen Sie NaN und Infinity weg oder schreiben Sie null.',
  'canonical-undefined': 'Lassen Sie das Feld weg oder schreiben Sie null.',
  'canonical-unsupported': 'Nehmen Sie nur null, Wahrheitswerte, Zahlen, Texte, Listen und einfache Objekte.',
  'canonical-too-deep': 'Schachteln Sie höchstens 64 Ebenen, und lösen Sie Kreise auf.',
  'json-syntax': 'Berichtigen Sie den Text an der genannten Stelle (RFC 8259).',
  'json-duplicate-key': 'Lassen Sie eines der beiden Felder stehen.',
  'json-too-deep': 'Schachteln Sie höchstens 64 Ebenen.',
  'json-too-long': 'Nehmen Sie ein kürzeres Dokument.',
  'json-number': 'Schreiben Sie Zahlen über 2^53 - 1 als Dezimalzahlen in Anführungszeichen.',
  'text-not-well-formed': 'Nehmen Sie UTF-8 ohne halbe Zeichen.',
  'encoding-invalid':
    'Nehmen Sie, je nach Feld, Hexadezimalziffern in Kleinbuchstaben oder Base64 mit Füllzeichen, ohne Leerraum.',
  'leaf-type': 'Nehmen Sie 1 bis 64 Zeichen aus a-z, 0-9, „.“ und „-“, am Anfang einen Buchstaben.',
  'leaf-salt': 'Nehmen Sie 32 zufällige Bytes.',
  'tree-range':
    'Fragen Sie nach einer Stelle unterhalb der Größe und nach einer Größe, die das Protokoll erreicht hat.',
  'tree-node-missing': 'Stellen Sie das Protokoll aus einer Sicherung oder aus seinen Kacheln wieder her.',
  'tile-path':
    'Nehmen Sie tile/<level>/<index>[.p/<width>] oder tile/entries/<index>[.p/<width>] wie in C2SP tlog-tiles.',
  'tile-entry':
    'Nehmen Sie 1 bis 256 Einträge von höchstens 65535 Bytes, jeden hinter seiner Länge in zwei Bytes.',
  'key-invalid':
    'Nehmen Sie einen Ed25519-Schlüssel: 32 Bytes, oder eine Schlüsselzeile der Form name+id+base64.',
  'key-name':
    'Nehmen Sie einen Namen von 1 bis 255 Zeichen ohne Leerzeichen und „+“, etwa einen Servernamen mit Pfad.',
  'note-malformed':
    'Laden Sie sie erneut; sie besteht aus Text, einer Leerzeile und Zeilen mit Signaturen (C2SP signed-note).',
  'note-signature-invalid':
    'Vertrauen Sie ihr nicht. Laden Sie sie erneut von ihrem Ursprung; bleibt es so, melden Sie es.',
  'note-no-known-signature':
    'Nennen Sie den Schlüssel dessen, der signiert haben soll, aus einer Quelle, der Sie vertrauen.',
  'checkpoint-malformed':
    'Ein Stand des Protokolls hat Ursprung, Größe und Wurzel in Base64, je in einer Zeile (C2SP tlog-checkpoint).',
  'checkpoint-origin': 'Nehmen Sie den Ursprung des Protokolls ohne https://, etwa example.org/log.',
  'proof-folder-malformed':
    'Laden Sie den Ordner erneut; seine Dateien müssen sein, wie sie geschrieben wurden.',
  'proof-folder-path': 'Nehmen Sie relative Pfade mit „/“ zwischen einfachen Namen.',
  'proof-folder-record':
    'Geben Sie jedem Eintrag seine eigenen Zufallsbytes, seine Stelle und seinen Nachweis für diesen Stand.',
  'token-malformed':
    'Senden Sie das Token unverändert und vollständig, wie der Lizenzserver es gab; sonst verlangen Sie ein neues.',
  'token-too-long': 'Verlangen Sie ein Token, das weniger nennt.',
  'token-algorithm':
    'Verlangen Sie ein Token vom Lizenzserver dieser Website; angenommen wird nur EdDSA mit Ed25519.',
  'token-header':
    'Verlangen Sie ein Token vom Lizenzserver dieser Website; sein Kopf nennt alg, kid und typ und sonst nichts.',
  'token-unknown-key': 'Verlangen Sie ein neues Token vom Lizenzserver dieser Website.',
  'token-signature':
    'Senden Sie das Token unverändert, wie der Lizenzserver es gab; sonst verlangen Sie ein neues.',
  'token-claims': 'Verlangen Sie ein neues Token vom Lizenzserver dieser Website.',
  'token-expired': 'Verlangen Sie ein neues Token.',
  'token-not-yet-valid': 'Warten Sie, bis es gilt, oder stellen Sie die Uhr der Maschine, die es ablehnt.',
  'token-audience': 'Verlangen Sie ein Token vom Lizenzserver dieser Website.',
  'token-issuer': 'Verlangen Sie ein Token vom Lizenzserver dieser Website.',
  'authorization-scheme': 'Senden Sie „Authorization: License“ und danach das Token.',
  'authorization-malformed': 'Senden Sie „Authorization: License“, ein Leerzeichen und das Token.',
  'authorization-multiple': 'Senden Sie eine Kopfzeile Authorization mit einem Token.',
  'challenge-error': 'Nehmen Sie invalid_request, invalid_token, insufficient_scope oder server_error.',
  'sealed-malformed': 'Laden oder senden Sie es erneut, unverändert und bis zum Ende.',
  'sealed-too-long': 'Nehmen Sie ein kürzeres.',
  'sealed-algorithm': 'Signieren Sie mit EdDSA über Ed25519.',
  'sealed-header':
    'Nehmen Sie ein Dokument der verlangten Art; sein Kopf nennt alg, kid und typ und sonst nichts.',
  'sealed-unknown-key':
    'Nennen Sie den öffentlichen Schlüssel dessen, der signiert haben soll, aus einer Quelle, der Sie vertrauen.',
  'sealed-signature':
    'Vertrauen Sie diesem Dokument nicht. Laden Sie es erneut von seinem Ursprung; bleibt es so, melden Sie es.',
  'segment-malformed': 'Senden Sie die Aufzeichnung, wie das Tor sie geschrieben hat.',
  'receipt-malformed': 'Laden Sie die Quittung erneut von der Instanz, die sie ausgestellt hat.',
  'scan-report-malformed':
    'Reichen Sie den Bericht ein, wie `clearway scan --report` ihn geschrieben hat; große in Teilen.',
  'evidence-malformed': 'Laden Sie die Beweisdatei erneut und lassen Sie sie, wie sie ist.',
  'bundle-malformed':
    'Laden Sie das Paket des Tors erneut; bleibt es so, erneuern Sie das Tor oder die Instanz.',
  'removals-malformed': 'Laden Sie die Liste der Widerrufe erneut von der Instanz, die sie ausgestellt hat.',
  'match-index-malformed': 'Laden Sie /api/match-index.json erneut von der Instanz, die es ausgestellt hat.',
  'license-malformed': 'Laden Sie die Lizenz erneut von der Instanz, die sie ausgestellt hat.',
  'statement-malformed':
    'Laden Sie die Abrechnung erneut von der Instanz, die sie ausgestellt hat; bleibt es so, fragen Sie deren Betreiber.',
  'statement-file-malformed':
    'Laden Sie die Abrechnung erneut und lassen Sie die Datei, wie sie ist: vollständig, unverändert, eine Abrechnung je Datei.',
  'signatures-malformed':
    'Laden Sie die Liste erneut und lassen Sie die Datei, wie sie ist: vollständig und unverändert.',
  'invoice-malformed':
    'Laden Sie die Rechnung erneut von der Instanz, die sie ausgestellt hat; bleibt sie falsch, widersprechen Sie ihr.',
  'usage-header-malformed': 'Senden Sie agreement, count und durable als Liste von Angaben (RFC 9651).',
  'model-name': 'Nehmen Sie einen Namen von 1 bis 200 Zeichen ohne Steuerzeichen und 32 zufällige Bytes.',
};

/** Why a file cannot be read. */
const reading: Sentences = {
  'This is no file that can be verified; known are {formats}.':
    'Eine solche Datei lässt sich nicht prüfen; bekannt sind {formats}.',
  'The file has {count} bytes.': 'Die Datei hat {count} Bytes.',
  'The file has {count} bytes, over {max}.': 'Die Datei hat {count} Bytes, mehr als {max}.',
  'The file is not in its canonical spelling (RFC 8785).':
    'Die Datei ist nicht so geschrieben, wie RFC 8785 es verlangt.',
  'The document is not in its canonical spelling (RFC 8785).':
    'Das Dokument ist nicht so geschrieben, wie RFC 8785 es verlangt.',
  'The text has a lone surrogate.': 'Der Text enthält ein halbes Zeichen.',
  'The bytes are not UTF-8.': 'Die Bytes sind kein UTF-8.',
  'This is not lower-case hexadecimal.': 'Das sind keine Hexadezimalziffern in Kleinbuchstaben.',
  'This is not base64.': 'Das ist kein Base64.',
  'This is not canonical base64.': 'Das ist kein Base64 in seiner einzigen Schreibweise.',
  'The value at "{place}" {~what}.': 'Der Wert bei „{place}“ {~what}.',
  'is a bigint': 'ist eine Zahl vom Typ bigint',
  'is undefined': 'fehlt',
  'is below level {depth}': 'liegt tiefer als Ebene {depth}',
  'is a {type}': 'ist vom Typ {type}',
  'has a lone surrogate': 'enthält ein halbes Zeichen',
  'is {value}': 'ist {value}',
  'is not a plain object': 'ist kein einfaches Objekt',
  'has a symbol as key': 'hat ein Symbol als Namen',
  'The text has {count} characters, over {max}.': 'Der Text hat {count} Zeichen, mehr als {max}.',
  'Character {at} opens level {depth}.': 'Zeichen {at} öffnet Ebene {depth}.',
  'Character {at} repeats a member of its object.': 'Zeichen {at} wiederholt ein Feld seines Objekts.',
  'The string at character {at} has a lone surrogate.':
    'Der Text bei Zeichen {at} enthält ein halbes Zeichen.',
  'The number at character {at} is too large to be exact.':
    'Die Zahl bei Zeichen {at} ist zu groß, um genau zu sein.',
  'At character {at}: {~what}.': 'Bei Zeichen {at}: {~what}.',
  'text follows the value': 'nach dem Wert folgt noch Text',
  'a member name is expected': 'erwartet wird der Name eines Feldes',
  '":" is expected': 'erwartet wird „:“',
  '"," or "}" is expected': 'erwartet wird „,“ oder „}“',
  '"," or "]" is expected': 'erwartet wird „,“ oder „]“',
  'the string does not end': 'der Text endet nicht',
  'a control character must be escaped': 'ein Steuerzeichen darf so nicht dastehen',
  '"\\u" needs four hexadecimal digits': '„\\u“ braucht vier Hexadezimalziffern',
  'this escape does not exist': 'diese Schreibweise eines Zeichens gibt es nicht',
  'a value is expected': 'erwartet wird ein Wert',
  'It has {count} characters, over {max}.': 'Es hat {count} Zeichen, mehr als {max}.',
  'It is not text.': 'Es ist kein Text.',
  'It is not three parts with dots between.': 'Es sind nicht drei Teile mit Punkten dazwischen.',
  'The algorithm is not EdDSA.': 'Das Verfahren ist nicht EdDSA.',
  'The header names "{name}".': 'Der Kopf nennt „{name}“.',
  'The header needs a key id and the type {type}.':
    'Der Kopf braucht einen Schlüsselnamen und den Typ {type}.',
  'The signature has not 64 bytes.': 'Die Signatur hat nicht 64 Bytes.',
  'No trusted key has the id {id}.': 'Kein Schlüssel, dem vertraut wird, heißt {id}.',
  'The signature does not fit.': 'Die Signatur passt nicht.',
  'The header is not an object.': 'Der Kopf ist kein Objekt.',
  'A part is not base64url without padding.': 'Ein Teil ist kein Base64url ohne Füllzeichen.',
  'The private key has {count} bytes, not 32.': 'Der geheime Schlüssel hat {count} Bytes, nicht 32.',
  'The public key has {count} bytes, not 32.': 'Der öffentliche Schlüssel hat {count} Bytes, nicht 32.',
  'The public key is not a point of the curve.': 'Der öffentliche Schlüssel ist kein Punkt der Kurve.',
  'This is not a verifier key.': 'Das ist keine Schlüsselzeile.',
  'The verifier key is not Ed25519 or its id does not fit.':
    'Die Schlüsselzeile ist nicht für Ed25519, oder ihre Kennung passt nicht.',
  'The key name has not the form asked for.': 'Der Name des Schlüssels hat nicht die verlangte Form.',
  'The text must end in a newline, and somebody must sign it.':
    'Der Text muss mit einem Zeilenende enden, und jemand muss ihn signieren.',
  'The signature of {name} does not fit the text.': 'Die Signatur von {name} passt nicht zum Text.',
  'None of the given keys signed this note.': 'Keiner der genannten Schlüssel hat das signiert.',
  'This is not a text followed by an empty line and signatures.':
    'Das ist kein Text, auf den eine Leerzeile und Signaturen folgen.',
  'A signature line is not readable.': 'Eine Zeile mit einer Signatur ist nicht lesbar.',
  'A signature is not base64.': 'Eine Signatur ist kein Base64.',
  'A signature is too short.': 'Eine Signatur ist zu kurz.',
  'The origin must be a name without scheme and spaces.':
    'Der Ursprung muss ein Name ohne https:// und Leerzeichen sein.',
  'A checkpoint needs a size and a root hash of 32 bytes.':
    'Ein Stand des Protokolls braucht eine Größe und eine Wurzel von 32 Bytes.',
  'The text has not the lines of a checkpoint.': 'Der Text hat nicht die Zeilen eines Stands des Protokolls.',
  'This is not a checkpoint of {origin}.': 'Das ist kein Stand des Protokolls von {origin}.',
  'The leaf type has not the form asked for.': 'Der Typ des Eintrags hat nicht die verlangte Form.',
  'The salt has {count} bytes.': 'Es sind {count} Zufallsbytes.',
  'The segment names another gate than its signature.':
    'Die Aufzeichnung nennt ein anderes Tor als ihre Signatur.',
};

/** What does not stand at a place as it has to. */
const shapes: Sentences = {
  '"{place}" is not {~what}.': 'Bei „{place}“ steht nicht: {~what}.',
  '"{place}" is not {what}.': 'Bei „{place}“ steht nicht: {what}.',
  '"{place}" must be present.': '„{place}“ fehlt.',
  '"{place}" must be absent.': '„{place}“ gehört nicht hierher.',
  text: 'Text',
  'an object': 'ein Objekt',
  'a list': 'eine Liste',
  'a list of {min} to {max}': 'eine Liste von {min} bis {max}',
  'text of 1 to {max} characters': 'Text von 1 bis {max} Zeichen',
  'a whole number': 'eine ganze Zahl',
  'a number from {min} to {max}': 'eine Zahl von {min} bis {max}',
  'a number from 0 to 1': 'eine Zahl von 0 bis 1',
  '64 lower-case hexadecimal digits': '64 Hexadezimalziffern in Kleinbuchstaben',
  '32 bytes in hexadecimal': '32 Bytes als Hexadezimalziffern',
  'a public key in base64': 'ein öffentlicher Schlüssel in Base64',
  'a whole amount as digits': 'ein ganzer Betrag als Ziffern',
  'a whole number as digits': 'eine ganze Zahl als Ziffern',
  'a whole number above zero as digits': 'eine ganze Zahl über null als Ziffern',
  'a weight as digits': 'ein Gewicht als Ziffern',
  'a currency of three capitals': 'eine Währung aus drei Großbuchstaben',
  'a country of two capitals': 'ein Land aus zwei Großbuchstaben',
  'a moment like 2026-01-31T12:00:00.000Z': 'ein Zeitpunkt wie 2026-01-31T12:00:00.000Z',
  'an origin like https://example.org': 'ein Ursprung wie https://example.org',
  'a web address': 'eine Web-Adresse',
  'a path pattern like /a/*': 'ein Pfadmuster wie /a/*',
  'a path': 'ein Pfad',
  'an id': 'eine Kennung',
  'a grade': 'eine Stufe',
  'a kind': 'eine Art',
  'a word in lower case': 'ein Wort in Kleinbuchstaben',
  'a reason code': 'ein Kürzel für einen Grund',
  'refusal, fetch, match or terms': 'refusal, fetch, match oder terms',
  'a span that ends behind its beginning': 'eine Spanne, deren Ende hinter ihrem Anfang liegt',
  'the id of a work': 'die Kennung eines Werks',
  'an excerpt with words, coverage and runs': 'ein Auszug mit words, coverage und runs',
  'an exact match without words, coverage and runs':
    'eine genaue Übereinstimmung ohne words, coverage und runs',
  'a list of different names': 'eine Liste verschiedener Namen',
  'the name of an input': 'der Name einer Eingabe',
  'after /period/from': 'später als /period/from',
  'at or after /period/from': 'nicht früher als /period/from',
  'at or after /period/to': 'nicht früher als /period/to',
  'at or after /issuedAt': 'nicht früher als /issuedAt',
  'at or after /from': 'nicht früher als /from',
  'a use that is granted': 'eine Nutzung, die gewährt ist',
  '64 zeros for the first segment only': '64 Nullen, und zwar nur bei der ersten Aufzeichnung',
  'within the period': 'innerhalb des Zeitraums',
  'after the one before': 'nach dem vorigen',
  'at most the people': 'höchstens so viele wie Personen',
  'at most the organisations': 'höchstens so viele wie Organisationen',
};

/** What was looked at in the file, and what came out. */
const outcomes: Sentences = {
  'No key was given. The file says it is signed by {name}, fingerprint {print}.':
    'Es wurde kein Schlüssel genannt. Die Datei sagt, sie sei signiert von {name}, Fingerabdruck {print}.',
  'No key was given. The file says it is signed by {~key}.':
    'Es wurde kein Schlüssel genannt. Die Datei sagt, sie sei signiert von {~key}.',
  '{name}, fingerprint {print}': '{name}, Fingerabdruck {print}',
  'The file names another key than the one given.':
    'Die Datei nennt einen anderen Schlüssel als den angegebenen.',
  '{count} bytes': '{count} Bytes',
  'signed by {name}': 'signiert von {name}',
  'sealed for {issuer}, {at}': 'versiegelt für {issuer}, {at}',
  'sealed as leaf {index} of {size}': 'versiegelt als Eintrag {index} von {size}',
  'Without a good key it cannot be checked.': 'Ohne einen gültigen Schlüssel lässt es sich nicht prüfen.',

  'statement {number} of {name} in {currency} with {count} lines':
    'Abrechnung {number} von {name} in {currency}, Zeilen: {count}',
  "{count} counted uses, each line's under its hash":
    'gezählte Nutzungen: {count}, die jeder Zeile unter ihrem Hash',
  'units × price is what was rated, {count} lines': 'Menge × Preis ergibt den Betrag, Zeilen: {count}',
  'the fee of {count} lines': 'das Entgelt aller Zeilen: {count}',
  'the split of {count} lines by the largest remainder':
    'die Aufteilung aller Zeilen nach dem größten Rest: {count}',
  '{opening} + {lines} lines + {movements} movements = {closing} millionths of {currency}':
    '{opening} + Zeilen ({lines}) + Bewegungen ({movements}) = {closing} Millionstel {currency}',
  'nothing twice, nothing of another period': 'nichts doppelt, nichts aus anderer Zeit',
  'and {count} more': 'und weitere: {count}',
  'line {line}: {count} uses are sealed, the file has {found}':
    'Zeile {line}: Versiegelte Nutzungen: {count}, in der Datei: {found}',
  'line {line}: the uses in the file are not those that were sealed':
    'Zeile {line}: Die Nutzungen in der Datei sind nicht die versiegelten',
  'line {line}: a use is counted twice': 'Zeile {line}: Eine Nutzung ist doppelt gezählt',
  'line {line}: its uses make {sum} units, it pays for {expected}':
    'Zeile {line}: Ihre Nutzungen ergeben die Menge {sum}, bezahlt wird für {expected}',
  'the file has uses of a line {line} that the statement has not':
    'die Datei hat Nutzungen einer Zeile {line}, die es in der Abrechnung nicht gibt',
  'line {line}: {units} × {price} / {per} is {due}, it says {rated}':
    'Zeile {line}: {units} × {price} / {per} ist {due}, dort steht {rated}',
  'line {line}: a fee of {ppm} millionths is {fee}, it says {said}':
    'Zeile {line}: Ein Entgelt von {ppm} Millionsteln ist {fee}, dort steht {said}',
  'line {line}: the fee on this share is {fee}, it says {said}':
    'Zeile {line}: Das Entgelt auf diesen Anteil ist {fee}, dort steht {said}',
  'line {line}, run {run}: {~wrong}': 'Zeile {line}, Ausschüttung {run}: {~wrong}',
  'line {line}: it is paid to a share that its split has not':
    'Zeile {line}: Bezahlt wird ein Anteil, den es in ihrer Aufteilung nicht gibt',
  'line {line}: by its split it is {due}, it says {said}':
    'Zeile {line}: Nach ihrer Aufteilung ist es {due}, dort steht {said}',
  'it divides {amount}, not {rated}': 'aufgeteilt wird {amount} statt {rated}',
  'it divides money that came from nowhere': 'aufgeteilt wird Geld, das von nirgends kam',
  'it takes {key} of step {step} in vain': '{key} aus Schritt {step} lässt sich nicht nehmen',
  '{sum} waited, it divides {amount}': 'da war {sum}, aufgeteilt wird {amount}',
  'its shares are more than the whole': 'ihre Anteile sind mehr als das Ganze',
  'opening, lines and movements make {sum}, it says {said}':
    'Stand vorher, Zeilen und Bewegungen ergeben {sum}, dort steht {said}',
  'payouts on their way make {sum}, it says {said}':
    'Auszahlungen unterwegs ergeben {sum}, dort steht {said}',
  'a line is there twice': 'eine Zeile ist doppelt da',
  'a movement is there twice': 'eine Bewegung ist doppelt da',
  'movement {movement} is of a later period': 'Bewegung {movement} ist aus einem späteren Zeitraum',
  'the first statement does not open at zero': 'die erste Abrechnung beginnt nicht bei null',
  'a price is for one unit or more': 'ein Preis gilt für eine Einheit oder mehr',
  'a currency has from 0 to 6 decimals': 'eine Währung hat 0 bis 6 Nachkommastellen',
  'a fee is from 0 to 1,000,000 parts per million': 'ein Entgelt ist 0 bis 1 000 000 Millionstel',
  'a weight is zero or more': 'ein Gewicht ist null oder mehr',
  'a key takes part once': 'ein Anteil kommt einmal vor',
  'somebody has a weight above zero': 'jemand hat ein Gewicht über null',

  'The names are not those that were signed.': 'Die Namen sind nicht die signierten.',
  '{count} names, SHA-256 {hash}': 'Namen: {count}, SHA-256 {hash}',
  '{named} people named, {counted} counted, {hidden} hidden.':
    'Personen: genannt {named}, gezählt {counted}, verborgen {hidden}.',
  '{named} organisations named, {counted} counted, {hidden} hidden.':
    'Organisationen: genannt {named}, gezählt {counted}, verborgen {hidden}.',
  '{counted} people counted, {hidden} of them hide their name':
    'Personen: gezählt {counted}, davon mit verborgenem Namen {hidden}',
  '{counted} organisations counted, {hidden} of them hide their name':
    'Organisationen: gezählt {counted}, davon mit verborgenem Namen {hidden}',

  'A segment is of a gate whose key is not here.':
    'Eine Aufzeichnung ist von einem Tor, dessen Schlüssel fehlt.',
  'Segment {seq} of gate {gate} is of another site.':
    'Aufzeichnung {seq} von Tor {gate} gehört zu einer anderen Website.',
  'Segment {seq} of gate {gate} is not in its place.':
    'Aufzeichnung {seq} von Tor {gate} steht nicht an ihrer Stelle.',
  'Segment {seq} of gate {gate} does not follow the one before.':
    'Aufzeichnung {seq} von Tor {gate} schließt nicht an die vorige an.',
  '{count} segments, each signed by its gate': 'Aufzeichnungen: {count}, jede von ihrem Tor signiert',
  'Without good segments it cannot be checked.': 'Ohne gültige Aufzeichnungen lässt es sich nicht prüfen.',
  'Line {line} is not in the order of time.': 'Zeile {line} steht nicht in der Reihenfolge der Zeit.',
  'The timeline does not say what the segments and the terms say.':
    'Der Ablauf sagt nicht, was die Aufzeichnungen und die Bedingungen sagen.',
  '{count} lines, as the segments and the terms say':
    'Zeilen: {count}, wie es die Aufzeichnungen und die Bedingungen sagen',
  'Terms of work {work} end before they begin.': 'Bedingungen des Werks {work} enden, bevor sie beginnen.',
  'Two versions of the terms of work {work} are in force at once.':
    'Zwei Fassungen der Bedingungen des Werks {work} gelten zugleich.',
  'The text of the terms {hash} is not here.': 'Der Text der Bedingungen {hash} fehlt.',
  'The terms {hash} are not version {version} of work {work}.':
    'Die Bedingungen {hash} sind nicht Fassung {version} des Werks {work}.',
  'A text is here that was not in force.': 'Ein Text ist da, der nicht galt.',
  '{spans} spans of time, {texts} texts under their SHA-256':
    'Zeitspannen: {spans}, Texte unter ihrem SHA-256: {texts}',
  '"{name}" is named without a license and a fetch under it.':
    '„{name}“ wird genannt ohne eine Lizenz und einen Abruf darunter.',
  'A license is here that names nobody.': 'Eine Lizenz ist da, die niemanden nennt.',
  '{~client}; {count} companies proven by license and token':
    '{~client}; durch Lizenz und Token bewiesene Unternehmen: {count}',
  'no client': 'kein Programm',
  'a client calling itself "{name}"': 'ein Programm, das sich „{name}“ nennt',
  'A match is of no report or of no work named here.':
    'Eine Übereinstimmung gehört zu keinem Bericht oder keinem Werk, das hier genannt ist.',
  'A match names other terms than were in force.':
    'Eine Übereinstimmung nennt andere Bedingungen, als galten.',
  '{count} matches in {reports} scan reports': 'Übereinstimmungen: {count}, Berichte: {reports}',
  'There are records without a checkpoint.': 'Es gibt Einträge ohne einen Stand des Protokolls.',
  '{count} records in the log': 'Einträge im Protokoll: {count}',
  'What it is said to show does not follow from its facts.':
    'Was sie zeigen soll, folgt nicht aus ihren Tatsachen.',
  'what it shows and does not show follows from its facts':
    'was sie zeigt und was nicht, folgt aus ihren Tatsachen',
  'The log does not have this record at {index}.':
    'Das Protokoll hat diesen Eintrag nicht an Stelle {index}.',
};

/** Every sentence that a check of a file can say, in German. */
export const checkSentences: Sentences = { ...reading, ...shapes, ...outcomes };
