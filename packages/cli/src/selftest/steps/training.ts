import { createHash, randomBytes } from 'node:crypto';
import { sealModelName } from '@clearway/protocol';
import { openLicense } from '../licence.ts';
import { LEO, MAYA, PRIYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';
import { publishTerms, trainingPaid } from './publish-terms.ts';
import { expectCode } from './register-works.ts';

const MODEL = 'aurora-2';

/** Step 10: a flat licence for one model version, for a work that exists as a file only. */
export const training: Step<SelftestWorld> = {
  number: 10,
  title: 'A training licence without a gate: files with checksums, a report that names the model version',
  async run(world) {
    const [maya, priya] = [world.person(MAYA.key), world.person(PRIYA.key)];
    const work = world.notes.get('fileWork')!;
    const published = await publishTerms(maya, work, 0, trainingPaid('25000000'));
    expectStatus(published, 201, 'training is offered at a flat price');
    const yes = await world
      .person(LEO.key)
      .json('POST', `/api/offers/${published.json<{ id: string }>().id}/consents`, {
        decisions: [{ use: 'ai-train', answer: 'yes' }],
      });
    expectStatus(yes, 200, 'and the co-author agrees to it');
    const salt = new Uint8Array(randomBytes(32));
    const commitment = await sealModelName(MODEL, salt);
    const terms = { use: 'ai-train', unit: 'model-version', modelScope: { kind: 'sealed', commitment } };
    const quote = await priya.json('POST', '/api/quotes', { workIds: [work], ...terms });
    expectStatus(quote, 201, 'a quote for one model version, its name sealed');
    const accepted = await priya.json(
      'POST',
      `/api/quotes/${quote.json<{ id: string }>().id}/acceptance`,
      {},
    );
    expectStatus(accepted, 201, 'an agreement');
    const { agreementId } = accepted.json<{ agreementId: string }>();

    const manifest = (await priya.get(`/api/agreements/${agreementId}/manifest`, JSON_ONLY)).json<{
      files: { sha256: string; url: string }[];
    }>();
    const [file] = manifest.files;
    expectThat(manifest.files.length === 1 && file?.url, 'the manifest lists the file with its checksum');
    const content = await priya.bytes(new URL(file.url).pathname);
    expectThat(
      createHash('sha256').update(content).digest('hex') === file.sha256,
      'and the file is the one that was licensed',
    );
    const stranger = await world.person('stranger').get(new URL(file.url).pathname, JSON_ONLY);
    expectThat(stranger.status === 401 || stranger.status === 404, 'which nobody else can download');

    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(
      world.instance.k.clock.now(),
    );
    const report = { from: today, to: today, lines: [{ workId: work, units: 1 }] };
    const other = { ...report, model: { kind: 'named', name: 'another-model' } };
    expectCode(
      await priya.json('POST', `/api/usage/agreements/${agreementId}/reports`, other),
      422,
      'report-model-not-licensed',
    );
    const opened = {
      ...report,
      model: { kind: 'opened', name: MODEL, salt: Buffer.from(salt).toString('hex') },
    };
    const reported = await priya.json('POST', `/api/usage/agreements/${agreementId}/reports`, opened);
    expectStatus(reported, 201, 'the report names the model version that was sealed');
    const detail = (await priya.get(`/api/agreements/${agreementId}`, JSON_ONLY)).json<{
      document: string;
    }>();
    const license = await openLicense(world, detail.document);
    expectThat(
      license.uses.join() === 'ai-train' && license.modelScope !== undefined,
      'the licence is for training this one model version',
    );
    world.artefacts.set('license-training.jws', new TextEncoder().encode(detail.document));
    return `${content.length} bytes, model sealed as ${commitment.slice(0, 12)}…`;
  },
};
