import type { Log } from '#server/observability/log.ts';

/** Browsers are told of progress no more often than this. */
const PROGRESS_EVERY = 250;

export interface ProgressReporter {
  readonly onProgress: (fraction: number) => void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/**
 * Writes progress now and then, one write after the other. A write that fails is logged and forgotten: the next one
 * comes.
 */
export function reportProgress(write: (fraction: number) => Promise<void>, log: Pick<Log, 'warn'>): ProgressReporter {
  let told = Date.now();
  let writing = Promise.resolve();
  return {
    onProgress: (fraction) => {
      if (Date.now() - told < PROGRESS_EVERY) return;
      told = Date.now();
      writing = writing
        .then(() => write(fraction))
        .catch((error: unknown) => log.warn({ err: error }, 'progress was not told'));
    },
    settled: () => writing,
  };
}
