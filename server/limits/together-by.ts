/** Keys of one question at the most. */
const AT_ONCE = 500;

interface Asked<V> {
  readonly promise: Promise<V | undefined>;
  readonly resolve: (value: V | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Asks for the values of all keys that somebody wants at the same moment in one question, which begins after they
 * wanted them; undefined for a key without a value. A question that fails, fails for those who share it.
 */
export function togetherBy<V>(
  find: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  let wanted = new Map<string, Asked<V>>();

  async function ask(asked: readonly (readonly [string, Asked<V>])[]): Promise<void> {
    try {
      const found = await find(asked.map(([key]) => key));
      for (const [key, { resolve }] of asked) resolve(found.get(key));
    } catch (error) {
      for (const [, { reject }] of asked) reject(error);
    }
  }

  function begin(): void {
    const asked = [...wanted];
    wanted = new Map();
    for (let from = 0; from < asked.length; from += AT_ONCE) void ask(asked.slice(from, from + AT_ONCE));
  }

  return (key) => {
    const known = wanted.get(key);
    if (known) return known.promise;
    if (wanted.size === 0) setImmediate(begin);
    const asked = Promise.withResolvers<V | undefined>();
    wanted.set(key, asked);
    return asked.promise;
  };
}
