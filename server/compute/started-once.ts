/** Something that takes a while to start, and is started when it is first needed. */
export interface StartedOnce<T> {
  /** Starts it at the first call, and again at the first call after a start that failed. */
  get(): Promise<T>;
  /** Null when nobody has needed it. */
  started(): Promise<T> | null;
}

export function startedOnce<T>(start: () => Promise<T>): StartedOnce<T> {
  let current: Promise<T> | null = null;
  return {
    get: () => {
      if (current) return current;
      const starting = start();
      current = starting;
      starting.catch(() => {
        if (current === starting) current = null;
      });
      return starting;
    },
    started: () => current,
  };
}
