import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, vi } from 'vitest';
import { leftBehind, openThings } from './open-things.ts';

// Whatever a test file opens, the file closes: a timer, socket or listener that is left belongs to something that
// nobody stops in the server either. Sockets close some turns of the event loop after they were asked to; the file
// waits for them, and fails when they stay.
const GRACE_MS = 3_000;
/** Vitest tells of a file's tests by a timer of 100 ms, so that nearly each file waits: not by turning round. */
const LOOK_MS = 5;

const before = openThings();
const environment = { ...process.env };

// Hooks that are registered first run last.
afterAll(async () => {
  // The next file may run in this process.
  if (vi.isFakeTimers()) throw new Error('After its last test this file leaves the clock stopped.');
  const names = new Set([...Object.keys(environment), ...Object.keys(process.env)]);
  const changed = [...names].filter((name) => environment[name] !== process.env[name]);
  if (changed.length > 0)
    throw new Error(`After its last test this file leaves the environment changed: ${changed.join(', ')}.`);
  const end = performance.now() + GRACE_MS;
  let left = leftBehind(before, openThings());
  while (left.length > 0 && performance.now() < end) {
    await delay(LOOK_MS);
    left = leftBehind(before, openThings());
  }
  if (left.length > 0)
    throw new Error(
      `After its last test this file leaves open: ${left.join(', ')}. \`npx vitest run --detectAsyncLeaks <file>\` shows where they were opened.`,
    );
});
