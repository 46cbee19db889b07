import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about delivered and reported usage. */
export const { problems: usageProblems, fail: failUsage } = defineProblems({
  'segment-unknown-gate': {
    status: 403,
    en: {
      title: 'This segment is from a gate that is not registered, or was switched off.',
      cure: 'Register the gate at its site and set it up with the id that is shown there.',
    },
    de: {
      title: 'Dieses Segment kommt von einem Tor, das nicht angemeldet ist oder abgeschaltet wurde.',
      cure: 'Melden Sie das Tor bei seiner Website an und richten Sie es mit der Kennung ein, die dort gezeigt wird.',
    },
  },
  'segment-signature': {
    status: 422,
    en: {
      title: 'The signature of this segment does not fit: it was changed, or signed with another key.',
      cure: 'Deliver the segment as the gate wrote it; if the gate has a new key, register it as a new gate.',
    },
    de: {
      title:
        'Die Signatur dieses Segments passt nicht: Es wurde verändert oder mit einem anderen Schlüssel signiert.',
      cure: 'Liefern Sie das Segment so, wie das Tor es geschrieben hat; hat das Tor einen neuen Schlüssel, melden Sie es als neues Tor an.',
    },
  },
  'segment-truncated': {
    status: 422,
    en: { title: 'This segment is not whole.', cure: 'Deliver it again, from its first byte to its last.' },
    de: {
      title: 'Dieses Segment ist nicht vollständig.',
      cure: 'Liefern Sie es noch einmal, vom ersten bis zum letzten Byte.',
    },
  },
  'segment-malformed': {
    status: 422,
    en: {
      title: 'This segment does not say what a segment says.',
      cure: 'Compare it with the format “clearway-segment-1”, or update the gate.',
    },
    de: {
      title: 'Dieses Segment sagt nicht, was ein Segment sagt.',
      cure: 'Vergleichen Sie es mit dem Format „clearway-segment-1“ oder aktualisieren Sie das Tor.',
    },
  },
  'segment-other-site': {
    status: 422,
    en: {
      title: 'This segment names another site than the one its gate is registered for.',
      cure: 'Set the gate up with the site it stands before.',
    },
    de: {
      title: 'Dieses Segment nennt eine andere Website als die, für die das Tor angemeldet ist.',
      cure: 'Richten Sie das Tor mit der Website ein, vor der es steht.',
    },
  },
  'segment-chain-broken': {
    status: 409,
    en: {
      title: 'This segment does not continue what was counted before, or differs from what was counted.',
      cure: 'Nothing was counted. Look into the gate’s own files: a segment must never be changed once it was written.',
    },
    de: {
      title: 'Dieses Segment setzt nicht fort, was gezählt wurde, oder weicht davon ab.',
      cure: 'Es wurde nichts gezählt. Sehen Sie in den Dateien des Tors nach: Ein geschriebenes Segment darf nie geändert werden.',
    },
  },
  'segment-too-far-ahead': {
    status: 409,
    en: {
      title: 'Too many segments of this gate wait for one that is missing.',
      cure: 'Deliver the missing segment first; “countedTo” says how far the gate is counted.',
    },
    de: {
      title: 'Zu viele Segmente dieses Tors warten auf eines, das fehlt.',
      cure: 'Liefern Sie zuerst das fehlende Segment; „countedTo“ sagt, bis wohin das Tor gezählt ist.',
    },
  },
  'usage-client-unknown': {
    status: 401,
    en: {
      title: 'No client has this name and secret.',
      cure: 'Send the client’s id and secret with HTTP Basic; get a new secret if it was lost.',
    },
    de: {
      title: 'Kein Client hat diesen Namen und dieses Geheimnis.',
      cure: 'Senden Sie Kennung und Geheimnis des Clients mit HTTP Basic; holen Sie ein neues Geheimnis, falls es verloren ging.',
    },
  },
  'report-needs-signer': {
    status: 403,
    en: {
      title: 'Only somebody who may sign for the company can report its usage.',
      cure: 'Ask a member with the role “signer”, or an administrator to change your role.',
    },
    de: {
      title: 'Nur wer für das Unternehmen unterschreiben darf, kann dessen Nutzung melden.',
      cure: 'Bitten Sie ein Mitglied mit der Rolle „Unterschrift“ darum oder lassen Sie Ihre Rolle ändern.',
    },
  },
  'report-model-not-licensed': {
    status: 422,
    en: {
      title: 'This agreement is not for this model version.',
      cure: 'Name the model version of the agreement; for another one take another licence first.',
    },
    de: {
      title: 'Dieser Vertrag gilt nicht für diese Modellversion.',
      cure: 'Nennen Sie die Modellversion des Vertrags; für eine andere nehmen Sie zuerst eine weitere Lizenz.',
    },
  },
  'report-work-not-licensed': {
    status: 422,
    en: {
      title: 'A work of this report is not part of the agreement.',
      cure: 'Report only works the agreement names; for others take a licence first.',
    },
    de: {
      title: 'Ein Werk dieser Meldung gehört nicht zum Vertrag.',
      cure: 'Melden Sie nur Werke, die der Vertrag nennt; für andere nehmen Sie zuerst eine Lizenz.',
    },
  },
  'report-line-invalid': {
    status: 422,
    en: {
      title: 'A work stands there twice, or with more than one model version.',
      cure: 'Give one line for each work; for a flat licence the number is always 1.',
    },
    de: {
      title: 'Ein Werk steht doppelt da oder mit mehr als einer Modellversion.',
      cure: 'Geben Sie für jedes Werk eine Zeile an; bei einer Pauschallizenz ist die Zahl immer 1.',
    },
  },
  'report-outside-agreement': {
    status: 422,
    en: {
      title: 'The days of this report are not within the agreement, or not over yet.',
      cure: 'Report days from the first day of the agreement to today.',
    },
    de: {
      title: 'Die Tage dieser Meldung liegen nicht im Vertrag oder sind noch nicht vorbei.',
      cure: 'Melden Sie Tage vom ersten Tag des Vertrags bis heute.',
    },
  },
  'report-overlaps': {
    status: 409,
    en: {
      title: 'For some of these works and days there is a report already.',
      cure: 'Nothing was added. Report the other works and days; to correct a report, write to the operator.',
    },
    de: {
      title: 'Für einige dieser Werke und Tage gibt es schon eine Meldung.',
      cure: 'Es wurde nichts hinzugefügt. Melden Sie die übrigen Werke und Tage; um eine Meldung zu berichtigen, schreiben Sie dem Betreiber.',
    },
  },
});
