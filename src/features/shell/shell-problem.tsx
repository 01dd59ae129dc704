'use client';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';

export interface ShellProblemProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function ShellProblem({ error, onRetry }: ShellProblemProps) {
  const { title, advice } = explainError(error);
  return (
    <main className="mx-auto max-w-130 px-4 py-24">
      <Problem
        title={title}
        action={
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {advice}
      </Problem>
    </main>
  );
}
