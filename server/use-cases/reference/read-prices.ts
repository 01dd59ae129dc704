import { unpackBars } from '#server/db/bar-chunk.ts';
import { readDemoBars } from '../demo/demo-bars.ts';
import { reduceAll, type BarLists } from '../market/reduce-bars.ts';

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
