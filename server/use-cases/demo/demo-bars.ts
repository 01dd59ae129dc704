import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readUpload } from '../market/read-upload.ts';

/** The S&P 500, daily, 2000 to 2020, from the npm package `vega-datasets`. */
export async function readDemoBars() {
  // From the working folder, as Next is started with it: within the bundle of the pages no module knows where its packages are.
  const file = join(process.cwd(), 'node_modules', 'vega-datasets', 'data', 'sp500-2000.csv');
  const { collector, problems } = await readUpload(createReadStream(file), async () => undefined);
  const bars = collector.finish();
  if (!bars || problems.length > 0) throw new Error(`The demo's prices can not be read: ${problems[0]?.message ?? 'no bars'}`);
  return bars;
}
