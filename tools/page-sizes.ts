/**
 * `npm run sizes`: what a browser loads of scripts and styles before a page of the build can be used, compressed,
 * beside what each page may load. Fails when a page is over its budget, or has none.
 */
import { checkSizes } from './page-sizes/check-sizes.ts';

process.exitCode = (await checkSizes((line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
