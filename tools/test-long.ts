/**
 * `npm run test:long`: the property tests of the engine, sixty times as many cases as `npm test` has: more than 10,000
 * generated formulas through batch, stream and both simulators. Takes minutes. `TEST_SCALE` sets another number.
 */
import { spawn } from 'node:child_process';

const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'core/engine'], {
  stdio: 'inherit',
  env: { ...process.env, TEST_SCALE: process.env['TEST_SCALE'] || '60' },
});
child.once('close', (code) => (process.exitCode = code ?? 1));
