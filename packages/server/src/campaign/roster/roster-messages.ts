import { defineMessages } from '../../kernel/index.ts';

/** Texts about signatures that somebody else brought. */
export const rosterText = defineMessages(
  {
    through: (name: string) => `signed through ${name}`,
    entry: {
      authority: (name: string) => `Signed through ${name}, on written authority`,
      authorityFacts: (kind: string, date: string, added: string) =>
        `Shown by: ${kind} of ${date}; added here on ${added}. The person did not confirm it here.`,
      imported: (date: string, source: string, added: string) =>
        `Imported: signed on ${date} at ${source}; added here on ${added}`,
    },
  },
  {
    through: (name) => `unterzeichnet durch ${name}`,
    entry: {
      authority: (name) => `Unterzeichnet durch ${name}, mit schriftlicher Vollmacht`,
      authorityFacts: (kind, date, added) =>
        `Belegt durch: ${kind} vom ${date}; hier eingetragen am ${added}. Die Person hat hier nicht selbst bestätigt.`,
      imported: (date, source, added) =>
        `Übernommen: unterzeichnet am ${date} bei ${source}; hier eingetragen am ${added}`,
    },
  },
);
