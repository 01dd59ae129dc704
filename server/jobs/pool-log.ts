import { Logger } from 'graphile-worker';
import type { Log } from '#server/observability/log.ts';
import type { PoolName } from '#server/queue/definition.ts';
import { WorkerStopping } from './handler.ts';

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/**
 * graphile-worker says a line for each job; that is detail here, and so is a job that is given back because the worker
 * stops.
 */
export const loggerFor = (log: Pick<Log, 'error' | 'warn' | 'debug' | 'trace'>, pool: PoolName): Logger =>
  new Logger((scope) => (level, message, meta = {}) => {
    const error: unknown = meta['error'];
    const at = level === 'error' && error instanceof WorkerStopping ? 'info' : level;
    log[LEVELS[at]]({ pool, ...scope, err: error }, message);
  });
