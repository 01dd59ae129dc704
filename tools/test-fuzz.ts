/**
 * `npm run test:fuzz`: the laws of the language on twenty times as many programs as `npm test` has, and a minute of
 * mutated texts for each reader; then inputs in and just outside of the schema of every procedure, and whatever may
 * come to the routes and websockets. `TEST_SCALE` and `FUZZ_SECONDS` set other numbers; a failure names its seed, which
 * `FUZZ_SEED` sets.
 */
import { spawn } from 'node:child_process';

const env = {
  ...process.env,
  TEST_SCALE: process.env['TEST_SCALE'] || '20',
  FUZZ_SECONDS: process.env['FUZZ_SECONDS'] || '60',
};
const run = (project: string, path: string): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--testTimeout', '3600000', path],
      { stdio: 'inherit', env },
    );
    child.once('close', (code) => resolve(code ?? 1));
  });

const codes = [await run('unit', 'core/formula'), await run('postgres', 'server/api/fuzz')];
process.exitCode = Math.max(...codes);
