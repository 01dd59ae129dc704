import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What reads, checks or writes a whole formula or document: of the largest each takes up to half a second. */
const HEAVY =
  /from '(yjs|#collab\/(fill|rebase|salvage|to-formula|write-edits)\.ts|#core\/formula\/(language|json|check|change|facts)\/[^']+|#core\/engine\/(plan|columns|stream)\/[^']+)'/;

/** Constants of these files, none of which reads anything. */
const LIGHT = new Set(["from '#core/formula/check/read-file.ts'"]);

test('no procedure, use-case or job reads or writes a whole formula: it asks the threads for formulas', () => {
  const heavy = globSync('server/{api,use-cases,jobs,live,http,queue}/**/*.ts')
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !/^import type /.test(line))
        .flatMap((line) => HEAVY.exec(line)?.[0] ?? [])
        .filter((what) => !LIGHT.has(what))
        .map((what) => `${file} ${what}`),
    );
  expect(heavy).toEqual([]);
});
