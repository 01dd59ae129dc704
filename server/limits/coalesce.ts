/**
 * Work that answers for everybody who asks while it has not begun: at most one run is under way and one waits. Whoever
 * asks gets a run that begins after they asked, so that no answer is older than its question.
 */
export function coalesce<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = (): Promise<T> => {
    const run = work().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  return () => {
    if (next) return next;
    if (!running) return start();
    const settled = running.then(
      () => undefined,
      () => undefined,
    );
    next = settled.then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
