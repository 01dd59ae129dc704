import { isAppError } from '#server/errors.ts';
import { recordFailedEntry } from '#server/use-cases/session/record-failed-entry.ts';
import { traceOf } from '#server/use-cases/trace-of.ts';
import type { Context } from '../context.ts';

/** Counts and records how an attempt to enter ends. */
export async function observeEntry<T>(
  context: Context & { readonly now: Date },
  way: 'sign-in' | 'register',
  email: string,
  work: () => Promise<T>,
): Promise<T> {
  const { security, log, from } = context;
  try {
    const result = await work();
    security.entry('succeeded', way, traceOf(from));
    return result;
  } catch (error) {
    if (isAppError(error)) {
      security.entry(error.code === 'RATE_LIMITED' ? 'limited' : 'failed', way, traceOf(from));
      recordFailedEntry(context, email).catch((err: unknown) => log.warn({ err }, 'a failed entry was not recorded'));
    }
    throw error;
  }
}
