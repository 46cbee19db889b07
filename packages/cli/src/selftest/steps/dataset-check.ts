import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listInputs } from '../../scan/list-inputs.ts';
import { scanDataset } from '../../scan/scan-dataset.ts';
import { MAYA, PRIYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';

const OTHER = 'Some pages about something else, written by nobody in particular.';

/** Step 20: a dataset is checked where it lies; the instance hears of works by their ids alone. */
export const datasetCheck: Step<SelftestWorld> = {
  number: 20,
  title: 'Dataset check: excerpts and re-encoded files are found, each hit says what is licensed',
  async run(world) {
    const folder = world.directory('dataset');
    mkdirSync(folder, { recursive: true });
    const words = readFileSync(world.notes.get('fileWorkPath')!, 'utf8').split(/\s+/).filter(Boolean);
    expectThat(words.length >= 40, 'the licensed text has forty words');
    const excerpt = words.slice(5, 38).join(' ');
    const lines = [OTHER, `${OTHER} ${excerpt} ${OTHER}`].map((text) => `${JSON.stringify({ text })}\n`);
    writeFileSync(join(folder, 'pages.jsonl'), lines.join(''));
    writeFileSync(join(folder, 'copy.bin'), readFileSync(world.notes.get('workPath')!));
    const [out, report] = [join(folder, '..', 'result.parquet'), join(folder, '..', 'report.json')];
    const done = await scanDataset({
      inputs: listInputs(folder),
      fields: { text: [], bytes: [] },
      ...{ out, report, use: 'ai-train', version: 'selftest', now: () => Date.now() },
      instance: world.instance.url,
      client: { id: world.notes.get('clientId')!, secret: world.notes.get('clientSecret')! },
    });
    const found = done.rows.map(({ input, work, kind, entitlement }) => ({ input, work, kind, entitlement }));
    const text = found.find(({ input }) => input === 'pages.jsonl');
    expectThat(
      text && text.work === world.notes.get('fileWork') && text.kind === 'text',
      `33 words of the text are found: ${JSON.stringify(found)}`,
    );
    expectThat(text.entitlement?.state === 'licensed', 'and are licensed for training');
    const file = found.find(({ input }) => input === 'copy.bin');
    expectThat(
      file && file.work === world.notes.get('work') && file.kind === 'bytes',
      'a copy is found by its bytes',
    );
    expectThat(file.entitlement?.state !== 'licensed', 'and is not licensed for this');
    expectThat(done.outcome.items === 3 && done.rows.length === 2, 'nothing else is claimed');

    const bytes = readFileSync(report);
    expectThat(!bytes.includes(words[6]!) || !bytes.includes(excerpt), 'the report holds none of the text');
    for (const who of [PRIYA, MAYA]) await handIn(world, who.key, report);
    world.artefacts.set('dataset-result.parquet', readFileSync(out));
    world.artefacts.set('dataset-report.json', bytes);
    return `${done.rows.length} hits in ${done.outcome.items} items`;
  },
};

async function handIn(world: SelftestWorld, who: string, report: string): Promise<void> {
  const answer = await world.person(who).upload(
    '/api/dataset-checks',
    { dataset: 'pages', use: 'ai-train' },
    {
      field: 'report',
      path: report,
      mediaType: 'application/json',
    },
  );
  expectStatus(answer, 201, 'the report is handed in');
  const { id } = answer.json<{ id: string }>();
  expectStatus(await world.person(who).get(`/dataset-checks/${id}`), 200, 'and shown as a page');
  const check = (await world.person(who).get(`/api/dataset-checks/${id}`, JSON_ONLY)).json<{
    works: { work: string; state: string }[];
  }>();
  expectThat(check.works.length === 2, 'with both works');
  world.notes.set(`check-${who}`, id);
}
