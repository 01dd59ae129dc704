import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { insertBarChunks } from '#server/db/queries/bar-chunks.ts';
import { insertMarket } from '#server/db/queries/markets.ts';
import { packFile } from './pack-file.ts';
import { readUpload } from './read-upload.ts';

const SAMPLE = { symbol: 'SPX', name: 'S&P 500', timeframe: '1d', currency: 'USD', source: 'vega-datasets' } as const;

// From where the server is started: inside Next's bundle a module does not know where it lies.
const FILE = join(process.cwd(), 'node_modules/vega-datasets/data/sp500-2000.csv');

let bars: ReturnType<typeof readSample> | undefined;

/** Gives a new organisation its first market, real prices to begin with: the S&P 500, daily, 2000 to 2020. */
export async function addSampleMarket(tx: Tx, orgId: OrgId): Promise<MarketId> {
  const { chunks, ...facts } = await (bars ??= readSample());
  const marketId = await insertMarket(tx, { orgId, ...SAMPLE, ...facts });
  if (marketId === null) throw new Error('the organisation is new');
  await insertBarChunks(tx, orgId, marketId, chunks);
  return marketId;
}

async function readSample() {
  const read = await readUpload(createReadStream(FILE), async () => undefined);
  const packed = read.ok ? packFile(read.value) : null;
  if (!packed)
    throw new Error(
      `The sample prices can not be read: ${read.ok ? 'no bars' : (read.error.problems[0]?.message ?? '')}`,
    );
  return packed;
}
