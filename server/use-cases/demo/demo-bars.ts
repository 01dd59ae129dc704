import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { packFile } from '../market/pack-file.ts';
import { readUpload } from '../market/read-upload.ts';

/** The S&P 500, daily, 2000 to 2020, from the npm package `vega-datasets`. */
export async function readDemoBars() {
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
