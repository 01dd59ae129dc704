export interface Emitter<T> {
  readonly emit: (value: T) => void;
  /** Returns what ends the subscription. For `useSyncExternalStore`, too. */
  readonly subscribe: (listener: (value: T) => void) => () => void;
  /** Whether anybody listens. */
  readonly hasListeners: () => boolean;
  /** Ends all subscriptions. */
  readonly clear: () => void;
}

/**
 * Values as they come, to whoever listens at that moment, in the order in which they began to listen. Who begins or
 * ends while a value is sent counts from the next value on.
 */
export function createEmitter<T>(): Emitter<T> {
  // A wrapper each: the same function may subscribe twice, and each subscription ends by itself.
  const subscriptions = new Set<{ readonly listener: (value: T) => void }>();
  return {
    emit: (value) => {
      for (const { listener } of [...subscriptions]) listener(value);
    },
    subscribe: (listener) => {
      const subscription = { listener };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
    hasListeners: () => subscriptions.size > 0,
    clear: () => subscriptions.clear(),
  };
}
