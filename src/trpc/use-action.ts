'use client';
import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import { toast } from '#ui/feedback/toaster.tsx';
import { explainError } from './explain-error.ts';

/** A mutation whose failure is shown in a toast: for buttons and menus; forms show their errors in place. */
export function useAction<Data, E, Input, Context>(
  options: UseMutationOptions<Data, E, Input, Context>,
): UseMutationResult<Data, E, Input, Context> {
  return useMutation({
    ...options,
    onError: (error, input, result, context) => {
      const { title, advice } = explainError(error);
      toast.error(title, { description: advice });
      return options.onError?.(error, input, result, context);
    },
  });
}
