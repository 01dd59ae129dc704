'use client';
import { CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react';
import { isUnfinished, type Diagnostic } from '#core/formula/model/diagnostic.ts';
import { Button } from '#ui/controls/button.tsx';
import { useCanEdit, useFormulaSession } from '../session/use-session.ts';

interface ProblemItemProps {
  readonly problem: Diagnostic;
}

/** One problem of the formula: a click shows where it is, its fix repairs it. */
export function ProblemItem({ problem }: ProblemItemProps) {
  const { message, nodeId, fix } = problem;
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  return (
    <div className="flex items-start gap-2">
      <ProblemSign problem={problem} />
      {nodeId === undefined ? (
        <p className="min-w-0 flex-1">{message}</p>
      ) : (
        <button
          type="button"
          className="min-w-0 flex-1 rounded-sm text-left text-pretty hover:underline"
          onClick={() => session.reveal({ node: nodeId, message })}
        >
          {message}
        </button>
      )}
      {fix?.edits && canEdit ? (
        <Button size="sm" onClick={() => session.edit(fix.edits ?? [])}>
          {fix.title}
        </Button>
      ) : null}
    </div>
  );
}

function ProblemSign({ problem }: ProblemItemProps) {
  if (isUnfinished(problem))
    return <CircleDashed className="mt-0.5 size-4 shrink-0 text-muted" aria-label="Unfinished" />;
  return problem.severity === 'error' ? (
    <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-label="Error" />
  ) : (
    <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-label="Warning" />
  );
}
