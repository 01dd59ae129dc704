/**
 * `npm run test:fuzz`: the laws of the language on twenty times as many programs as `npm test` has, and a minute of mutated texts for each
 * reader. `TEST_SCALE` and `FUZZ_SECONDS` set other numbers; a failure names its seed, which `FUZZ_SEED` sets.
 */
import { spawn } from 'node:child_process';

const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--testTimeout', '3600000', 'src/core/formula'], { stdio: 'inherit', env: { TEST_SCALE: '20', FUZZ_SECONDS: '60', ...process.env } });
child.once('close', (code) => (process.exitCode = code ?? 1));
