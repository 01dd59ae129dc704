// @ts-check
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

// Plain JavaScript, since it runs before every command: making that of TypeScript takes longer than all that it does.

/**
 * @typedef {object} Places Where the bundle of the command is, as paths.
 * @property {string} root The project.
 * @property {string} folder The bundle.
 * @property {string} snapshot A process that has loaded the bundle.
 * @property {string} inputs The list of the files that the bundle is made from, as old as the moment before they were read.
 */

/** @param {string} root @returns {Places} */
export function placesOf(root) {
  const folder = join(root, '.build/alphaloom');
  return { root, folder, snapshot: join(folder, 'cli.snapshot'), inputs: join(folder, 'inputs.json') };
}

/** Whether no source has changed since the bundle was made from them. @param {Places} places */
export function isFresh({ root, inputs }) {
  try {
    const made = statSync(inputs).mtimeMs;
    return /** @type {string[]} */ (JSON.parse(readFileSync(inputs, 'utf8'))).every(
      (path) => statSync(`${root}/${path}`).mtimeMs < made,
    );
  } catch {
    return false;
  }
}
