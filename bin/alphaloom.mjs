#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Plain JavaScript that loads a bundle: reading hundreds of source files takes longer than checking a large formula.

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, '.build/alphaloom');
const inputs = join(folder, 'inputs.json');

/** Whether no source has changed since the bundle was made from them. */
function isFresh() {
  try {
    const made = statSync(inputs).mtimeMs;
    return JSON.parse(readFileSync(inputs, 'utf8')).every((input) => statSync(root + input).mtimeMs < made);
  } catch {
    return false;
  }
}

if (process.features.typescript) {
  module.enableCompileCache(join(folder, 'compiled'));
  if (!isFresh()) await (await import('../server/cli/bundle.ts')).bundle({ root, folder, inputs });
  await import(pathToFileURL(join(folder, 'cli.js')).href);
} else {
  // Called with an older Node than the one that the project brings along.
  const { status, error } = spawnSync(join(root, 'node_modules/node/bin/node'), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) console.error(`Run \`npm ci\` first: ${error.message}`);
  process.exitCode = status ?? 2;
}
