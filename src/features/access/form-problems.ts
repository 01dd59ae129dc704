import { TRPCClientError } from '@trpc/client';
import { explainError } from '#trpc/explain-error.ts';

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
