import type { Child } from 'hono/jsx';

/** Plain text as people write it: `# ` begins a heading, `- ` an item, an empty line a new paragraph. */
export function PlainText({ text, level = 2 }: { text: string; level?: 2 | 3 }) {
  const blocks = text.split(/\n{2,}/).filter((block) => block.trim() !== '');
  return <>{blocks.map((block) => blockOf(block, level))}</>;
}

function blockOf(block: string, level: 2 | 3): Child {
  const lines = block.split('\n');
  if (lines.length === 1 && block.startsWith('# ')) {
    const title = block.slice(2);
    return level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>;
  }
  if (lines.every((line) => line.startsWith('- ')))
    return (
      <ul>
        {lines.map((line) => (
          <li>{line.slice(2)}</li>
        ))}
      </ul>
    );
  return (
    <p>
      {lines.map((line, i) => (
        <>
          {i > 0 && <br />}
          {line}
        </>
      ))}
    </p>
  );
}
