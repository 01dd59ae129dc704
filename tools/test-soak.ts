/**
 * `npm run test:soak`: editing together for as long as it takes to trust it: the seeded random run of people, servers,
 * roles and restarts twenty-five times as often as in `npm test`, a server killed a hundred times while people edit,
 * workers killed in the middle of sweeps and of replays of bots, and the dearest searches beside a neighbour.
 * `TEST_SCALE` sets another number. Takes minutes.
 */
import { spawn } from 'node:child_process';

const child = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'postgres',
    '--fileParallelism=false',
    'server/realtime/tests/kill',
    'server/jobs/kill',
    'server/realtime/tests/random-run',
    'server/db/restart',
    'server/api/search/dear-searches',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, TEST_SCALE: process.env['TEST_SCALE'] || '25' },
  },
);
child.once('close', (code) => (process.exitCode = code ?? 1));
