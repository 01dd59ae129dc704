import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { unpackBars } from '#server/db/bar-chunk.ts';
import { packFile } from '../market/pack-file.ts';
import { readUpload } from '../market/read-upload.ts';
import { type BarLists, reduceAll } from '../market/reduce-bars.ts';

/**
 * Real prices on which the reference draws its blocks. They come with the installation: nobody needs a market for them.
 */
export async function readReferencePrices(): Promise<
  BarLists & { readonly symbol: string; readonly name: string; readonly timeframe: '1d' }
> {
  const { chunks, barCount } = await readDemoBars();
  const market = { symbol: 'SPX', name: 'S&P 500', timeframe: '1d' } as const;
  return { ...market, ...reduceAll({ ...market, ...unpackBars(chunks, {}) }, barCount) };
}

/** The S&P 500, daily, 2000 to 2020, from the npm package `vega-datasets`. */
async function readDemoBars() {
  // From the working folder, as Next is started with it: within the bundle of the pages no module knows where its
  // packages are.
  const file = join(process.cwd(), 'node_modules', 'vega-datasets', 'data', 'sp500-2000.csv');
  const read = await readUpload(createReadStream(file), async () => undefined);
  const packed = read.ok ? packFile(read.value) : null;
  if (!packed)
    throw new Error(
      `The demo's prices can not be read: ${read.ok ? 'no bars' : (read.error.problems[0]?.message ?? '')}`,
    );
  return packed;
}
