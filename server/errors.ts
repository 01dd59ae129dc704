import type { AppErrorCode } from '#core/requests/error-codes.ts';

/**
 * An expected failure. `message` is for people: what is wrong and what they can do about it. Everything else that is
 * thrown is a bug.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  /** Data for the interface, such as the diagnostics of a formula. */
  readonly details: unknown;

  constructor(code: AppErrorCode, message: string, details?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}

/** By name rather than by class: the web bundle and the server each have their own copy of this module. */
export const isAppError = (error: unknown): error is AppError => error instanceof Error && error.name === 'AppError';
