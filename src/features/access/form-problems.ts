import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';
import { appCodeOf, explainError, fieldOf } from '#trpc/explain-error.ts';

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
  const name = fieldOf(error);
  if (name !== null) return { field: { name, problem: explained.advice }, general: null };
  const field = firstFieldOf(error instanceof TRPCClientError ? error.data : null);
  return field === null ? { field: null, general: explained } : { field, general: null };
}

/** Fields that people see; a problem of any other field is shown above the form. */
const SHOWN: ReadonlySet<string> = new Set(['organisation', 'name', 'email', 'password', 'current', 'code']);

/** The first field whose value the server's schema refuses. */
function firstFieldOf(data: unknown): FormProblems['field'] {
  const shape = z
    .object({ details: z.object({ fieldErrors: z.record(z.string(), z.array(z.string())) }) })
    .safeParse(data);
  const [first] = shape.success
    ? Object.entries(shape.data.details.fieldErrors).filter(([name]) => SHOWN.has(name))
    : [];
  const problem = first?.[1][0];
  return first && problem !== undefined ? { name: first[0], problem } : null;
}

/** Seconds that the server asks to wait before another attempt; 0 when it asks for none. */
export function secondsToWait(error: unknown): number {
  if (!(error instanceof TRPCClientError)) return 0;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('details' in data)) return 0;
  const { details } = data;
  return typeof details === 'object' &&
    details !== null &&
    'retryAfterSeconds' in details &&
    typeof details.retryAfterSeconds === 'number'
    ? details.retryAfterSeconds
    : 0;
}

/** Nobody is signed out who was not signed in: at these forms, refusals have titles of their own. */
export function titleOf(error: unknown, title: string): string {
  const code = appCodeOf(error);
  if (code === 'UNAUTHENTICATED') return 'Not signed in';
  if (code === 'RATE_LIMITED') return 'Wait a moment';
  if (code === 'FORBIDDEN') return 'This does not work with this account';
  return title;
}
