import type { TRPCError } from '@trpc/server';
import type { AppErrorCode } from '#server/errors.ts';

interface ErrorCode {
  readonly trpc: TRPCError['code'];
  /** As tRPC answers its own code, so that an error has one status on every way. */
  readonly status: number;
}

/** Each of our codes as tRPC and HTTP have it. */
export const ERROR_CODES = {
  UNAUTHENTICATED: { trpc: 'UNAUTHORIZED', status: 401 },
  FORBIDDEN: { trpc: 'FORBIDDEN', status: 403 },
  NOT_FOUND: { trpc: 'NOT_FOUND', status: 404 },
  INVALID: { trpc: 'BAD_REQUEST', status: 400 },
  CONFLICT: { trpc: 'CONFLICT', status: 409 },
  FORMULA_INVALID: { trpc: 'UNPROCESSABLE_CONTENT', status: 422 },
  PLAN_LIMIT: { trpc: 'PAYMENT_REQUIRED', status: 402 },
  RATE_LIMITED: { trpc: 'TOO_MANY_REQUESTS', status: 429 },
  TOO_LARGE: { trpc: 'PAYLOAD_TOO_LARGE', status: 413 },
  UNAVAILABLE: { trpc: 'SERVICE_UNAVAILABLE', status: 503 },
  UNREADABLE: { trpc: 'UNPROCESSABLE_CONTENT', status: 422 },
} as const satisfies Record<AppErrorCode, ErrorCode>;
