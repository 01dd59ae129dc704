import fc from 'fast-check';

/**
 * Whoever runs the tests of a commit sees the same cases. `npm run test:long` and `TEST_SEED=random` make up new ones
 * each time; a number runs those of that seed.
 */
const asked = process.env['TEST_SEED'] || (process.env['TEST_SCALE'] ? 'random' : '20261127');

if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });
