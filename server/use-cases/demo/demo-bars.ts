import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readUpload } from '../market/read-upload.ts';

/** The S&P 500, daily, 2000 to 2020, from the npm package `vega-datasets`. */
export async function readDemoBars() {
  const data = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..', 'data');
  const { collector, problems } = await readUpload(createReadStream(join(data, 'sp500-2000.csv')), async () => undefined);
  const bars = collector.finish();
  if (!bars || problems.length > 0) throw new Error(`The demo's prices can not be read: ${problems[0]?.message ?? 'no bars'}`);
  return bars;
}
