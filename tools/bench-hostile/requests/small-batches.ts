import type { Attack } from '../attack.ts';

export const attack: Attack = {
  name: 'batches of 32 reads by a person, 16 at once',
  run: async ({ origin, cookie }, signal) => {
    const address = `${origin}/api/trpc/${Array.from({ length: 32 }, () => 'market.list').join(',')}?batch=1&input=%7B%7D`;
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        while (!signal.aborted)
          await fetch(address, { signal, headers: { cookie } }).then(
            (response) => response.text(),
            () => undefined,
          );
      }),
    );
  },
};
