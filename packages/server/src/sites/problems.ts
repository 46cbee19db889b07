import { defineProblems } from '../kernel/index.ts';

/** What can be wrong with sites. */
export const { problems: sitesProblems, fail: failSites } = defineProblems({
  'signals-nothing-to-read': {
    status: 422,
    en: {
      title: 'There is nothing here that could speak to a bot.',
      cure: 'Give an address, or a file named as on a site: robots.txt, license.xml, tdmrep.json, ai.txt, page.html, a PDF, an EPUB, a picture or a .har archive; or choose what it is.',
    },
    de: {
      title: 'Hier ist nichts, was zu einem Bot sprechen könnte.',
      cure: 'Geben Sie eine Adresse an oder eine Datei, benannt wie auf einer Website: robots.txt, license.xml, tdmrep.json, ai.txt, page.html, ein PDF, ein EPUB, ein Bild oder ein .har-Archiv; oder wählen Sie, was es ist.',
    },
  },
  'site-address-invalid': {
    status: 422,
    en: {
      title: 'This is not a web address.',
      cure: 'Copy the address from the top of your browser, such as https://example.org.',
    },
    de: {
      title: 'Das ist keine Webadresse.',
      cure: 'Kopieren Sie die Adresse oben aus Ihrem Browser, zum Beispiel https://example.org.',
    },
  },
  'site-address-userinfo': {
    status: 422,
    en: {
      title: 'The address contains a user name or password.',
      cure: 'Remove everything between // and @, and change that password if it is a real one.',
    },
    de: {
      title: 'Die Adresse enthält einen Benutzernamen oder ein Passwort.',
      cure: 'Löschen Sie alles zwischen // und @, und ändern Sie das Passwort, falls es ein echtes ist.',
    },
  },
  'site-address-private': {
    status: 422,
    en: {
      title: 'This address cannot be reached from the internet.',
      cure: 'Give the public name of the site, such as example.org, not a number or a name in your own network.',
    },
    de: {
      title: 'Diese Adresse ist aus dem Internet nicht erreichbar.',
      cure: 'Nennen Sie den öffentlichen Namen der Website, zum Beispiel example.org, keine Nummer und keinen Namen aus Ihrem eigenen Netz.',
    },
  },
  'site-address-port': {
    status: 422,
    en: {
      title: 'The address names a port.',
      cure: 'Give the address at which everybody reaches the site, without a colon and number.',
    },
    de: {
      title: 'Die Adresse nennt einen Port.',
      cure: 'Nennen Sie die Adresse, unter der alle die Website erreichen, ohne Doppelpunkt und Zahl.',
    },
  },
  'site-profile-unclear': {
    status: 422,
    en: {
      title: 'This is a page on a platform, but not a profile.',
      cure: 'Open your own profile there and copy the address of that page.',
    },
    de: {
      title: 'Das ist eine Seite auf einer Plattform, aber kein Profil.',
      cure: 'Öffnen Sie dort Ihr eigenes Profil und kopieren Sie die Adresse dieser Seite.',
    },
  },
  'site-not-found': {
    status: 404,
    en: {
      title: 'There is no such site in your list.',
      cure: 'Open “My sites” and choose one from the list.',
    },
    de: {
      title: 'Diese Website steht nicht in Ihrer Liste.',
      cure: 'Öffnen Sie „Meine Websites“ und wählen Sie eine aus der Liste.',
    },
  },
  'site-released': {
    status: 409,
    en: { title: 'You have given this site up.', cure: 'Add it again if it is yours.' },
    de: {
      title: 'Diese Website haben Sie abgegeben.',
      cure: 'Fügen Sie sie wieder hinzu, wenn sie Ihnen gehört.',
    },
  },
  'site-method-unfit': {
    status: 422,
    en: {
      title: 'This way does not fit this site.',
      cure: 'For your own host use the file, the DNS entry or the line in the home page; for a profile use the code.',
    },
    de: {
      title: 'Dieser Weg passt nicht zu dieser Website.',
      cure: 'Für Ihre eigene Website nehmen Sie Datei, DNS-Eintrag oder die Zeile in der Startseite; für ein Profil den Code.',
    },
  },
  'site-challenge-missing': {
    status: 409,
    en: {
      title: 'There is no value to look for yet, or it has expired.',
      cure: 'Open the page of the site; it shows a new value. Publish that and check again.',
    },
    de: {
      title: 'Es gibt noch keinen Wert, nach dem wir suchen könnten, oder er ist abgelaufen.',
      cure: 'Öffnen Sie die Seite der Website; dort steht ein neuer Wert. Veröffentlichen Sie ihn und prüfen Sie erneut.',
    },
  },
  'site-checks-too-often': {
    status: 429,
    en: {
      title: 'This site was checked many times just now.',
      cure: 'Wait a few minutes, then check again; DNS entries can take an hour to appear.',
    },
    de: {
      title: 'Diese Website wurde gerade oft geprüft.',
      cure: 'Warten Sie einige Minuten und prüfen Sie dann erneut; DNS-Einträge brauchen manchmal eine Stunde.',
    },
  },
  'site-limit-reached': {
    status: 422,
    en: {
      title: 'You have added as many sites as one account may have.',
      cure: 'Give up those you no longer need, or ask the operator.',
    },
    de: {
      title: 'Sie haben so viele Websites hinzugefügt, wie ein Konto haben kann.',
      cure: 'Geben Sie ab, was Sie nicht mehr brauchen, oder fragen Sie den Betreiber.',
    },
  },
  'site-exclusions-unclear': {
    status: 422,
    en: {
      title: 'It is not clear what on the site is not yours.',
      cure: 'Say either that everything is yours, or name at least one path and what is there.',
    },
    de: {
      title: 'Es ist nicht klar, was auf der Website nicht von Ihnen ist.',
      cure: 'Sagen Sie entweder, dass alles von Ihnen ist, oder nennen Sie mindestens einen Pfad und was dort liegt.',
    },
  },
  'site-exclusion-pattern': {
    status: 422,
    en: {
      title: 'This path or mark cannot be used.',
      cure: 'Begin a path or feed with a slash, as in /guests/ or /*.pdf$; give a mark a value, as in credit: dpa; at most 500 characters and 200 lines.',
    },
    de: {
      title: 'Dieser Pfad oder dieses Kennzeichen ist nicht verwendbar.',
      cure: 'Beginnen Sie einen Pfad oder Feed mit einem Schrägstrich, zum Beispiel /gaeste/ oder /*.pdf$; geben Sie einem Kennzeichen einen Wert, etwa Kürzel: dpa; höchstens 500 Zeichen und 200 Zeilen.',
    },
  },
  'site-review-not-open': {
    status: 409,
    en: {
      title: 'This check by a person is already decided or withdrawn.',
      cure: 'Load the list again; somebody else may have decided it.',
    },
    de: {
      title: 'Diese Prüfung ist schon entschieden oder zurückgezogen.',
      cure: 'Laden Sie die Liste neu; vielleicht hat jemand anderes entschieden.',
    },
  },
  'site-review-own': {
    status: 403,
    en: {
      title: 'Nobody decides about their own profile.',
      cure: 'Ask another operator to look at it.',
    },
    de: {
      title: 'Über das eigene Profil entscheidet niemand selbst.',
      cure: 'Bitten Sie eine andere Person aus dem Betrieb darum.',
    },
  },
  'gate-not-found': {
    status: 404,
    en: { title: 'This site has no such gate.', cure: 'Look at the list of the site’s gates.' },
    de: {
      title: 'Diese Website hat kein solches Tor.',
      cure: 'Sehen Sie in der Liste der Tore dieser Website nach.',
    },
  },
  'gate-key-invalid': {
    status: 422,
    en: {
      title: 'This is not the public key of a gate.',
      cure: 'Copy the key that the gate shows when it starts: 44 characters, the last one is “=”.',
    },
    de: {
      title: 'Das ist nicht der öffentliche Schlüssel eines Tors.',
      cure: 'Kopieren Sie den Schlüssel, den das Tor beim Start anzeigt: 44 Zeichen, das letzte ist „=“.',
    },
  },
  'gate-site-unproven': {
    status: 409,
    en: {
      title: 'It is not proven that this site is yours.',
      cure: 'Prove control of the site first, then register its gate.',
    },
    de: {
      title: 'Es ist nicht belegt, dass diese Website Ihnen gehört.',
      cure: 'Weisen Sie zuerst nach, dass die Website Ihnen gehört, und melden Sie dann das Tor an.',
    },
  },
  'gate-limit-reached': {
    status: 409,
    en: {
      title: 'This site has as many gates as it may have.',
      cure: 'Switch off a gate you no longer use.',
    },
    de: {
      title: 'Diese Website hat so viele Tore, wie sie haben darf.',
      cure: 'Schalten Sie ein Tor ab, das Sie nicht mehr brauchen.',
    },
  },
});
