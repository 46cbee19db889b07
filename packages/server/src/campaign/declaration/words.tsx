import type { DeclarationText } from './declaration-text.ts';

/** The words of a declaration below its title. */
export function Words({ words }: { words: DeclarationText }) {
  return (
    <>
      {words.paragraphs.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      <p>{words.demandsIntro}</p>
      <ol>
        {words.demands.map((demand) => (
          <li>{demand}</li>
        ))}
      </ol>
      <p>
        <strong>{words.closing}</strong>
      </p>
    </>
  );
}
