import { err, type Result } from './result.ts';

/**
 * How a computation ends that does not finish. `refused`: what was asked can't be computed, and `reason` says why in
 * words for people.
 */
export type Unfinished = { readonly type: 'stopped' } | { readonly type: 'refused'; readonly reason: string };

/** A computation that takes long enough to be stopped. */
export type Outcome<T> = Result<T, Unfinished>;

export const stopped = (): { readonly ok: false; readonly error: Unfinished } => err({ type: 'stopped' });

export const refused = (reason: string): { readonly ok: false; readonly error: Unfinished } =>
  err({ type: 'refused', reason });

export const whyUnfinished = (unfinished: Unfinished): string =>
  unfinished.type === 'refused' ? unfinished.reason : 'The run was stopped.';
