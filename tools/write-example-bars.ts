/**
 * `node tools/write-example-bars.ts`: writes the prices on which strangers try the product. They are a file of the
 * pages, so that trying asks nothing of the server.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { exampleBars } from './example-bars.ts';

const csv = await readFile('node_modules/vega-datasets/data/sp500-2000.csv', 'utf8');
await writeFile('public/examples/spx-daily.json', `${JSON.stringify(exampleBars(csv))}\n`);
