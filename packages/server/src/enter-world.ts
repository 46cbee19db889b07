import { inTx, type Kernel, readSetting, writeSetting } from './kernel/index.ts';

const KEY = 'world';

/**
 * Marks a new database as real or demo, once and for ever; answers whether it was new. Throws when a demo world is
 * opened as a real instance, or the other way round: neither can become the other.
 */
export async function enterWorld(k: Kernel): Promise<boolean> {
  const wanted = k.site.demo ? 'demo' : 'real';
  return inTx(k, async (t) => {
    const fresh = await writeSetting(t, KEY, wanted, 0);
    const stored = (await readSetting(t, KEY))?.value;
    if (stored === wanted) return fresh;
    throw new Error(
      stored === 'demo'
        ? 'This data directory holds the demo world, which cannot become a real instance. Start with another --data, or with --demo.'
        : 'This data directory holds a real instance, which cannot become a demo world. Start the demo with another --data.',
    );
  });
}
