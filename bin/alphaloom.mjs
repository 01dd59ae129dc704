#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Plain JavaScript that loads a bundle: reading hundreds of source files takes longer than checking a large formula.

const root = new URL('../', import.meta.url);
const folder = new URL('.build/alphaloom/', root);
const inputs = new URL('inputs.json', folder);

/** Whether no source has changed since the bundle was made from them. */
function isFresh() {
  try {
    const made = statSync(inputs).mtimeMs;
    return JSON.parse(readFileSync(inputs, 'utf8')).every((input) => statSync(new URL(input, root)).mtimeMs < made);
  } catch {
    return false;
  }
}

if (process.features.typescript) {
  module.enableCompileCache(fileURLToPath(new URL('compiled', folder)));
  if (!isFresh()) await (await import('../server/cli/bundle.ts')).bundle({ root: fileURLToPath(root), folder: fileURLToPath(folder), inputs: fileURLToPath(inputs) });
  await import(new URL('cli.js', folder).href);
} else {
  // Called with an older Node than the one that the project brings along.
  const { status, error } = spawnSync(fileURLToPath(new URL('node_modules/node/bin/node', root)), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) console.error(`Run \`npm ci\` first: ${error.message}`);
  process.exitCode = status ?? 2;
}
