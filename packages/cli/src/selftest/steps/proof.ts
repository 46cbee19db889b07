import { setTimeout as sleep } from 'node:timers/promises';
import { verifyFolder } from '@clearway/protocol';
import { exportProof, transparency } from '@clearway/server';
import { expectThat, SelftestFailure, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

/** Step 7: registrations, acceptances and offers are in the log, and a stranger can check it. */
export const proof: Step<SelftestWorld> = {
  number: 7,
  title: 'Proof: every record is in the public log, and the folder verifies offline',
  async run(world) {
    await everythingInTheLog(world);
    const { folder, verifierKey, records } = await exportProof(world.instance.k, world.artefacts);
    const types = new Set<string>();
    for (const [path, bytes] of folder) {
      if (path.startsWith('records/'))
        types.add((JSON.parse(new TextDecoder().decode(bytes)) as { type: string }).type);
    }
    for (const type of ['work-registered', 'claim-accepted', 'offer-published', 'offer-consented']) {
      expectThat(
        types.has(type),
        `the log holds a record of the type ${type}, it has ${[...types].join(', ')}`,
      );
    }
    const verdict = await verify(folder, verifierKey);
    expectThat(
      verdict.ok,
      `the folder verifies: ${JSON.stringify(verdict.checks.filter((check) => !check.ok))}`,
    );
    await refuseEveryChangedFile(folder, verifierKey);

    const live = await world.person('stranger').get('/log/checkpoint', { Accept: 'text/plain' });
    const manifest = JSON.parse(new TextDecoder().decode(folder.get('manifest.json'))) as {
      checkpoint: string;
    };
    expectThat(live.text === manifest.checkpoint, 'the folder and the public log show the same checkpoint');
    world.proof = { folder, verifierKey };
    return `${records} records, ${folder.size} files, key ${verdict.fingerprint?.slice(0, 19)}`;
  },
};

/** The sequencer lets waiting records in within a second of their commit. */
async function everythingInTheLog(world: SelftestWorld): Promise<void> {
  await world.instance.runner.drain();
  for (let i = 0; i < 60; i++) {
    const { byType } = await transparency.readLogContents(world.instance.k);
    if (byType.every(({ waiting }) => waiting === 0)) return;
    await sleep(50);
  }
  throw new SelftestFailure('records still wait for the log after three seconds');
}

function verify(folder: ReadonlyMap<string, Uint8Array>, verifierKey: string) {
  return verifyFolder({
    readFile: (path) => folder.get(path)!,
    listFiles: () => [...folder.keys()],
    verifierKey,
  });
}

async function refuseEveryChangedFile(
  folder: ReadonlyMap<string, Uint8Array>,
  verifierKey: string,
): Promise<void> {
  for (const [path, bytes] of folder) {
    const changed = new Uint8Array(bytes);
    const at = Math.floor(changed.length / 2);
    changed[at] = changed[at]! ^ 1;
    const verdict = await verify(new Map([...folder, [path, changed]]), verifierKey);
    expectThat(!verdict.ok, `one changed byte in ${path} is noticed`);
  }
}
