import { TRPCClientError } from '@trpc/client';
import { titleOf } from '#core/requests/error-codes.ts';

export interface Explanation {
  readonly title: string;
  /** What happened and what to do, in the server's words where it has some. */
  readonly advice: string;
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;

/** The server's code for an error it answered with; null when no answer came. */
export function appCodeOf(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  const code = read(data, 'appCode');
  if (typeof code === 'string') return code;
  return data === undefined || data === null ? null : 'INTERNAL';
}

/** Any error of a query or mutation, in words for people. */
export function explainError(error: unknown): Explanation {
  const code = appCodeOf(error);
  if (code === null) {
    return {
      title: 'Alphaloom cannot be reached',
      advice: 'Check your connection. Nothing you typed is lost; try again in a moment.',
    };
  }
  const message = error instanceof Error ? error.message : '';
  return { title: titleOf(code), advice: message };
}

/** What the server said is wrong with a file that it refused; null for other errors. */
export function problemsOf(
  error: unknown,
): { readonly problems: readonly string[]; readonly problemCount: number } | null {
  if (!(error instanceof TRPCClientError)) return null;
  const details = read(error.data, 'details');
  const [problems, count] = [read(details, 'problems'), read(details, 'problemCount')];
  if (!Array.isArray(problems) || typeof count !== 'number') return null;
  return { problems: problems.filter((problem) => typeof problem === 'string'), problemCount: count };
}

/** The field of a form that the server complains about; null when it names none. */
export function fieldOf(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const field = read(read(error.data, 'details'), 'field');
  return typeof field === 'string' ? field : null;
}
