import { afterAll } from 'vitest';
import { leftBehind, openThings } from './open-things.ts';

// Whatever a test file opens, the file closes: a timer, socket or listener that is left belongs to something that
// nobody stops in the server either. Sockets close some turns of the event loop after they were asked to; the file
// waits for them, and fails when they stay.
const GRACE_MS = 3_000;

const before = openThings();

// Hooks that are registered first run last.
afterAll(async () => {
  const end = performance.now() + GRACE_MS;
  let left = leftBehind(before, openThings());
  while (left.length > 0 && performance.now() < end) {
    await new Promise((resolve) => setImmediate(resolve));
    left = leftBehind(before, openThings());
  }
  if (left.length > 0)
    throw new Error(
      `After its last test this file leaves open: ${left.join(', ')}. \`npx vitest run --detectAsyncLeaks <file>\` shows where they were opened.`,
    );
});
