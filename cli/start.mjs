import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFresh, placesOf } from './is-fresh.mjs';

// Plain JavaScript that loads a bundle: reading hundreds of source files takes longer than checking a large formula.

const places = placesOf(join(import.meta.dirname, '..'));
module.enableCompileCache(join(places.folder, 'compiled'));
if (!isFresh(places)) await (await import('./bundle.ts')).bundle(places);
await import(pathToFileURL(join(places.folder, 'cli.js')).href);
