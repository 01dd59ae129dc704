import { TRPCClientError } from '@trpc/client';

export interface Explanation {
  readonly title: string;
  /** What happened and what to do, in the server's words where it has some. */
  readonly advice: string;
}

const TITLES: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'You are signed out',
  FORBIDDEN: 'Your role does not allow this',
  NOT_FOUND: 'It is not here',
  INVALID: 'That does not work as it is',
  CONFLICT: 'Somebody was faster',
  FORMULA_INVALID: 'The formula has problems',
  PLAN_LIMIT: 'Your plan’s limit is reached',
  RATE_LIMITED: 'Too fast',
  TOO_LARGE: 'That is too large',
  UNAVAILABLE: 'Not available right now',
  UNREADABLE: 'What is stored is damaged',
  INTERNAL: 'Something went wrong on our side',
};

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
  return { title: TITLES[code] ?? TITLES.INTERNAL ?? code, advice: message };
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
