import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SCALE } from './core/formula/testing/scale.ts';

export default defineConfig({
  test: {
    // One more than there are cores: tests with Postgres and sockets wait for three quarters of their time, and another
    // file computes meanwhile.
    maxWorkers: availableParallelism() + 1,
    // For `npm run coverage`; a run without it costs nothing.
    coverage: {
      provider: 'v8',
      include: ['{core,collab,src,server,cli,tools}/**/*.{ts,tsx}'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      reporter: ['text', 'text-summary'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,collab,src,server,cli,tools}/**/*.test.ts'],
          exclude: ['**/*.pg.test.ts', 'node_modules/**'],
          environment: 'node',
          // Files that one process runs one after another load what they share once: with a process each, a fifth of
          // the time went into that. A file leaves nothing behind, which `leave-nothing` asks of each.
          isolate: false,
          setupFiles: ['server/testing/leave-nothing.ts', 'server/testing/fixed-seed.ts'],
          testTimeout: 60_000 * SCALE,
        },
      },
      {
        test: {
          name: 'postgres',
          include: ['server/**/*.pg.test.ts'],
          environment: 'node',
          setupFiles: ['server/testing/leave-nothing-but-a-log.ts', 'server/testing/fixed-seed.ts'],
          globalSetup: ['server/testing/postgres-setup.ts'],
          // What hangs is found by this; a busy machine is no hang.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
