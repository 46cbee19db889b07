import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Answer } from '../client.ts';
import { LEO, MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

type WorkDocument = { id: string; licensability: { whole: boolean; reasons: { code: string }[] } };

const KINDS: { readonly [ending: string]: { type: string; mediaType: string } } = {
  '.txt': { type: 'text', mediaType: 'text/plain' },
  '.png': { type: 'image', mediaType: 'image/png' },
  '.jpg': { type: 'photograph', mediaType: 'image/jpeg' },
  '.wav': { type: 'recording', mediaType: 'audio/wav' },
  '.mp3': { type: 'recording', mediaType: 'audio/mpeg' },
  '.ogg': { type: 'recording', mediaType: 'audio/ogg' },
};

/** Step 4: every file of the works folder, one address, one fingerprint; one work is shared 60/40. */
export const registerWorks: Step<SelftestWorld> = {
  number: 4,
  title: 'Register works by file, address and fingerprint; a co-owner is invited and accepts',
  async run(world) {
    const maya = world.person(MAYA.key);
    const files = worksIn(world.works);
    expectThat(files.length > 2, `${world.works} holds at least three works`);
    const [shared, kept, ...others] = files as [WorkFile, WorkFile, WorkFile, ...WorkFile[]];

    const song = await register(world, shared, [
      { me: true, sharePpm: 600_000 },
      { name: LEO.name, email: LEO.email, sharePpm: 400_000 },
    ]);
    world.notes.set('work', song.id).set('workPath', shared.path);
    expectThat(!song.licensability.whole, 'until the co-owner accepts the work is not licensable');
    expectThat(
      song.licensability.reasons.some(({ code }) => code === 'claim-pending'),
      'and says why',
    );
    expectThat(
      (await maya.get(`/works/${song.id}`)).text.includes(LEO.name),
      'her page says what can be done meanwhile',
    );
    await acceptInvitation(world, song.id);

    // The file stays on her side: only its fingerprint is sent.
    const fingerprint = createHash('sha256').update(readFileSync(kept.path)).digest('hex');
    const byHash = await maya.json('POST', '/api/works', {
      title: kept.title,
      type: kept.type,
      source: {
        kind: 'fingerprint',
        sha256: fingerprint,
        bytes: readFileSync(kept.path).length,
        mediaType: kept.mediaType,
      },
    });
    expectStatus(byHash, 201, 'a work is registered by fingerprint');
    const byUrl = await maya.json('POST', '/api/works', {
      title: 'On the last island',
      type: 'text',
      identifiers: [{ scheme: 'isbn', value: '978-3-16-148410-0' }],
      source: { kind: 'url', url: new URL('/island', world.site.url).href },
    });
    expectStatus(byUrl, 201, 'a work is registered by address');
    world.notes.set('urlWork', byUrl.json<WorkDocument>().id);
    for (const file of others.slice(0, -1)) await register(world, file, []);
    const text = await register(world, others.at(-1)!, [
      { me: true, sharePpm: 600_000 },
      { name: LEO.name, email: LEO.email, sharePpm: 400_000 },
    ]);
    world.notes.set('fileWork', text.id).set('fileWorkPath', others.at(-1)!.path);
    await acceptInvitation(world, text.id);
    await refusals(world, shared);

    const list = (await maya.get('/api/works', { Accept: 'application/json' })).json<{ works: unknown[] }>();
    expectThat(list.works.length === files.length + 1, 'her list shows exactly what she registered');
    return `${list.works.length} works`;
  },
};

type WorkFile = {
  readonly path: string;
  readonly title: string;
  readonly type: string;
  readonly mediaType: string;
};

function worksIn(directory: string): WorkFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => KINDS[extname(name)] !== undefined)
    .sort()
    .map((name) => {
      const title = name
        .replace(/^.*[\\/]/, '')
        .replace(/\.\w+$/, '')
        .replaceAll(/[-_]+/g, ' ');
      return {
        path: join(directory, name),
        title: title[0]!.toUpperCase() + title.slice(1),
        ...KINDS[extname(name)]!,
      };
    });
}

async function register(world: SelftestWorld, file: WorkFile, holders: unknown[]): Promise<WorkDocument> {
  const work = JSON.stringify({ title: file.title, type: file.type, holders });
  const answer = await world
    .person(MAYA.key)
    .upload('/api/works', { work }, { field: 'file', path: file.path, mediaType: file.mediaType });
  expectStatus(answer, 201, `${file.title} is registered by file`);
  return answer.json<WorkDocument>();
}

async function acceptInvitation(world: SelftestWorld, workId: string): Promise<void> {
  const mail = await world.mailbox.next(LEO.email);
  const path = new URL(mail.link(/https?:\/\/\S+\/invitations\/\S+/)).pathname;
  const leo = world.person(LEO.key);
  const opened = await leo.get(path);
  expectThat(opened.status === 200 && opened.text.includes('40'), 'the invitation shows his share');
  const token = path.split('/').pop()!;
  const accepted = await leo.form(path, { decision: 'accept', name: LEO.name, answer: 'mine' });
  expectStatus(accepted, 200, 'the co-owner accepts his share, and the link signs him in');
  const work = await world.person(MAYA.key).get(`/api/works/${workId}`, { Accept: 'application/json' });
  expectThat(work.json<WorkDocument>().licensability.whole, 'the shares are whole');
  const again = await leo.json('POST', `/api/invitations/${token}/acceptance`, { answer: 'accept' });
  expectCode(again, 409, 'invitation-used');
}

/** Wrong input is refused with its code, and nothing of it stays. */
async function refusals(world: SelftestWorld, shared: WorkFile): Promise<void> {
  const maya = world.person(MAYA.key);
  const source = { kind: 'url', url: 'https://example.org/x' };
  const post = (body: Record<string, unknown>) =>
    maya.json('POST', '/api/works', { title: 'X', type: 'text', source, ...body });
  expectCode(
    await post({ identifiers: [{ scheme: 'isbn', value: '978-3-16-148410-1' }] }),
    422,
    'identifier-check-digit',
  );
  expectCode(await post({ holders: [{ me: true, sharePpm: 600_000 }] }), 422, 'shares-not-whole');
  expectCode(await post({ title: 'evil\u202etxt' }), 422, 'invalid-input');
  const twice = await maya.upload(
    '/api/works',
    { work: JSON.stringify({ title: 'Again', type: shared.type }) },
    { field: 'file', path: shared.path, mediaType: shared.mediaType },
  );
  expectCode(twice, 409, 'work-already-registered');
}

export function expectCode(answer: Answer, status: number, code: string): void {
  expectStatus(answer, status, code);
  const document = answer.json<{ code: string; cure: string }>();
  expectThat(
    document.code === code && document.cure.length > 0,
    `expected the code ${code} with a cure, got ${answer.text.slice(0, 300)}`,
  );
}
