import { defineMessages } from '../kernel/index.ts';

/** Words of the page on which gates are registered; whoever reads it runs a web server. */
export const gateText = defineMessages(
  {
    title: (place: string) => `Gates of ${place}`,
    intro:
      'A gate stands before your website. People and search engines pass; AI crawlers need a licence, and what they fetch is counted. Whoever runs your web server sets it up.',
    section: 'Count crawlers, and refuse those without a licence',
    sectionIntro:
      'Terms alone ask crawlers to respect them. A small program before your website lets licensed ones in, counts what they fetch and refuses the others.',
    sectionLink: 'Set it up with whoever runs your web server',
    unproven: 'Prove first that the website is yours; then you can register its gate.',
    none: 'This website has no gate yet.',
    list: 'Registered gates',
    head: { name: 'Name', id: 'Number', since: 'Since', state: 'State', act: '' },
    running: 'accepted',
    off: (date: string) => `switched off on ${date}`,
    switchOff: 'Switch off this gate',
    add: 'Register a gate',
    first: 'On your web server, make a key for the gate. The command prints a line of 44 characters:',
    name: 'Name of the gate',
    nameHint: 'For yourself, such as “web server 1”.',
    key: 'The line that was printed',
    button: 'Register this gate and show what it needs to know',
    done: 'The gate is registered. What follows is shown this once.',
    write: 'Write these values into the key file of the gate:',
    run: 'Then start it:',
  },
  {
    title: (place) => `Tore von ${place}`,
    intro:
      'Ein Tor steht vor Ihrer Website. Menschen und Suchmaschinen kommen durch; KI-Crawler brauchen eine Lizenz, und was sie abrufen, wird gezählt. Eingerichtet wird es von denen, die Ihren Webserver betreiben.',
    section: 'Crawler zählen, und die ohne Lizenz abweisen',
    sectionIntro:
      'Bedingungen allein bitten Crawler, sich daran zu halten. Ein kleines Programm vor Ihrer Website lässt solche mit Lizenz herein, zählt ihre Abrufe und weist die anderen ab.',
    sectionLink: 'Mit denen einrichten, die Ihren Webserver betreiben',
    unproven: 'Weisen Sie zuerst nach, dass die Website Ihnen gehört; dann können Sie ihr Tor anmelden.',
    none: 'Diese Website hat noch kein Tor.',
    list: 'Angemeldete Tore',
    head: { name: 'Name', id: 'Nummer', since: 'Seit', state: 'Stand', act: '' },
    running: 'anerkannt',
    off: (date) => `abgeschaltet am ${date}`,
    switchOff: 'Dieses Tor abschalten',
    add: 'Ein Tor anmelden',
    first:
      'Erzeugen Sie auf Ihrem Webserver einen Schlüssel für das Tor. Der Befehl gibt eine Zeile mit 44 Zeichen aus:',
    name: 'Name des Tors',
    nameHint: 'Für Sie selbst, zum Beispiel „Webserver 1“.',
    key: 'Die ausgegebene Zeile',
    button: 'Dieses Tor anmelden und zeigen, was es wissen muss',
    done: 'Das Tor ist angemeldet. Was folgt, wird nur dieses eine Mal gezeigt.',
    write: 'Schreiben Sie diese Werte in die Schlüsseldatei des Tors:',
    run: 'Dann starten Sie es:',
  },
);
