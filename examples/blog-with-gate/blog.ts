import type { IncomingMessage, ServerResponse } from 'node:http';

/** The stories of a blog that knows nothing of licenses; written for this project, CC0. */
const stories: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  'the-lamp': {
    title: 'The lamp',
    text: 'Every evening she lit the lamp before the ships could see they needed it. Nobody thanked her; nobody ran aground.',
  },
  'low-tide': {
    title: 'Low tide',
    text: 'What the sea had borrowed lay in rows: a boot, a door, a letter. We read the letter and put it back.',
  },
};

/** An ordinary handler of `node:http`. */
export function blog(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0]!;
  const story = stories[path.replace(/^\/stories\//, '')];
  if (path === '/robots.txt') send(response, 200, 'text/plain', 'User-agent: *\nAllow: /\n');
  else if (path === '/') send(response, 200, 'text/html', page('A small blog', list()));
  else if (path.startsWith('/stories/') && story)
    send(response, 200, 'text/html', page(story.title, `<p>${story.text}</p>`));
  else send(response, 404, 'text/html', page('Not found', '<p>There is no such story.</p>'));
}

function list(): string {
  const items = Object.entries(stories).map(
    ([slug, { title }]) => `<li><a href="/stories/${slug}">${title}</a></li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>\n`;
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'public, max-age=60',
  });
  response.end(text);
}
