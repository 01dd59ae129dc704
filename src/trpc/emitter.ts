export interface Emitter<T> {
  readonly emit: (value: T) => void;
  readonly subscribe: (listener: (value: T) => void) => () => void;
}

/** Values as they come, to whoever listens at that moment. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    emit: (value) => listeners.forEach((tell) => tell(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
