import { TRPCClientError } from '@trpc/client';
import { appCodeOf, explainError } from '#trpc/explain-error.ts';

export interface FormProblems {
  /** The field that the server complains about, with its words. */
  readonly field: { readonly name: string; readonly problem: string } | null;
  /** What concerns no single field. */
  readonly general: { readonly title: string; readonly advice: string } | null;
}

/** Where to show a failed mutation on its form. */
export function formProblems(error: unknown): FormProblems {
  if (error === null || error === undefined) return { field: null, general: null };
  const explained = explainError(error);
  const name = error instanceof TRPCClientError ? fieldOf(error.data) : null;
  return name === null ? { field: null, general: explained } : { field: { name, problem: explained.advice }, general: null };
}

function fieldOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('details' in data)) return null;
  const { details } = data;
  return typeof details === 'object' && details !== null && 'field' in details && typeof details.field === 'string' ? details.field : null;
}

/** Seconds that the server asks to wait before another attempt; 0 when it asks for none. */
export function secondsToWait(error: unknown): number {
  if (!(error instanceof TRPCClientError)) return 0;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('details' in data)) return 0;
  const { details } = data;
  return typeof details === 'object' && details !== null && 'retryAfterSeconds' in details && typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : 0;
}

/** Nobody is signed out who was not signed in: at these forms, refusals have titles of their own. */
export function titleOf(error: unknown, title: string): string {
  const code = appCodeOf(error);
  if (code === 'UNAUTHENTICATED') return 'Not signed in';
  if (code === 'RATE_LIMITED') return 'Wait a moment';
  if (code === 'FORBIDDEN') return 'This does not work with this account';
  return title;
}
