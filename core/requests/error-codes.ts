/** How one failure is said on each way: to a caller of tRPC, over HTTP, and to a person. */
interface ErrorCode {
  /** The code of tRPC. */
  readonly trpc: string;
  /** As tRPC answers its own code, so that an error has one status on every way. */
  readonly status: number;
  /** What people read above the message. */
  readonly title: string;
}

/** Every expected failure. `INTERNAL`, a bug, is none. */
export const ERROR_CODES = {
  UNAUTHENTICATED: { trpc: 'UNAUTHORIZED', status: 401, title: 'You are signed out' },
  FORBIDDEN: { trpc: 'FORBIDDEN', status: 403, title: 'Your role does not allow this' },
  /** The person is to show once more that it is they: the interface asks, and tries again. */
  STEP_UP: { trpc: 'FORBIDDEN', status: 403, title: 'Confirm that it is you' },
  UNVERIFIED: { trpc: 'FORBIDDEN', status: 403, title: 'Confirm your address first' },
  NOT_FOUND: { trpc: 'NOT_FOUND', status: 404, title: 'It is not here' },
  INVALID: { trpc: 'BAD_REQUEST', status: 400, title: 'That does not work as it is' },
  CONFLICT: { trpc: 'CONFLICT', status: 409, title: 'Somebody was faster' },
  FORMULA_INVALID: { trpc: 'UNPROCESSABLE_CONTENT', status: 422, title: 'The strategy has problems' },
  PLAN_LIMIT: { trpc: 'PAYMENT_REQUIRED', status: 402, title: 'Your plan’s limit is reached' },
  NOT_APPROVED: { trpc: 'PRECONDITION_FAILED', status: 412, title: 'It is not approved yet' },
  RATE_LIMITED: { trpc: 'TOO_MANY_REQUESTS', status: 429, title: 'Too fast' },
  TOO_LARGE: { trpc: 'PAYLOAD_TOO_LARGE', status: 413, title: 'That is too large' },
  UNAVAILABLE: { trpc: 'SERVICE_UNAVAILABLE', status: 503, title: 'Not available right now' },
  /** What is stored is damaged. */
  UNREADABLE: { trpc: 'UNPROCESSABLE_CONTENT', status: 422, title: 'What is stored is damaged' },
} as const satisfies Readonly<Record<string, ErrorCode>>;

export type AppErrorCode = keyof typeof ERROR_CODES;

const isCode = (code: string): code is AppErrorCode => Object.hasOwn(ERROR_CODES, code);

/** What people read above the message of a failure; that of a bug for a code that is none of these. */
export const titleOf = (code: string): string =>
  isCode(code) ? ERROR_CODES[code].title : 'Something went wrong on our side';
