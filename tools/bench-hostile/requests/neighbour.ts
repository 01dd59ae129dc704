import type { Attack } from '../attack.ts';

const MADE_UP = 'alphaloom_session=';

export const attack: Attack = {
  name: 'a neighbour behind the same address: requests and calls, as a stranger and as a person, 32 at once',
  isNeighbour: true,
  run: async ({ origin, cookie }, signal) => {
    const batch = (path: string): string =>
      `${origin}/api/trpc/${Array.from({ length: 32 }, () => path).join(',')}?batch=1&input=%7B%7D`;
    const addresses: readonly (readonly [string, string | null])[] = [
      [batch('session.me'), null],
      [batch('session.demo'), null],
      [`${origin}/sign-in`, null],
      [batch('market.list'), cookie],
      [batch('session.me'), MADE_UP],
    ];
    await Promise.all(
      Array.from({ length: 32 }, async (_, index) => {
        const [address = origin, sent = null] = addresses[index % addresses.length] ?? [];
        while (!signal.aborted) {
          // One that is made up is another each time.
          const own = sent === MADE_UP ? `${sent}${crypto.randomUUID().replaceAll('-', '')}abcdefghijk` : sent;
          await fetch(address, { signal, headers: own === null ? {} : { cookie: own } }).then(
            (response) => response.text(),
            () => undefined,
          );
        }
      }),
    );
  },
};
