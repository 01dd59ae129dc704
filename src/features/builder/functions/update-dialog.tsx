'use client';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { bringFunction, type Offered } from '#core/formula/functions/bring-function.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { Button } from '#ui/controls/button.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormula } from '../session/use-session.ts';

/** Whoever looks at no difference loads none. */
const DiffView = dynamic(async () => (await import('#features/diff/index.ts')).DiffView, {
  ssr: false,
  loading: () => <Skeleton className="h-[50vh]" />,
});

interface UpdateDialogProps {
  readonly offered: Offered;
  /** The function here that is to say what the other says now. */
  readonly copy: NodeId;
  /** Somebody has changed the copy: that goes. */
  readonly isEdited: boolean;
  readonly onUpdate: (edits: readonly Edit[]) => void;
  readonly onClose: () => void;
}

/** What the strategy would say with the newer function, before anybody takes it. */
export function UpdateDialog({ offered, copy, isEdited, onUpdate, onClose }: UpdateDialogProps) {
  const formula = useFormula();
  const { strategy, from, fn } = offered;
  const { edits, after } = useMemo(() => {
    const brought = bringFunction(formula, { strategy, from, fn }, copy);
    return { edits: brought.edits, after: applyEdits(formula, brought.edits) };
  }, [formula, strategy, from, fn, copy]);
  const problems = useMemo(() => newErrors(formula, after), [formula, after]);
  const name = nodeOf(formula, copy)?.name ?? 'function';
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Update ${name} from ${strategy}`}
      description={
        isEdited
          ? `Somebody has changed ${name} here since it was copied. What was changed is replaced, as shown.`
          : 'What changes in this strategy. Calls of the function stay.'
      }
      width="xl"
      footer={
        <>
          <Button onClick={onClose}>Keep the copy as it is</Button>
          <Button look="primary" onClick={() => onUpdate(edits)}>
            Update the copy
          </Button>
        </>
      }
    >
      {problems.length > 0 ? (
        <ul aria-label="Problems that come with it" className="mb-2 text-sm text-bad">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
      <div className="h-[55vh] overflow-hidden rounded-lg border">
        <DiffView
          className="h-full"
          before={{ title: 'this strategy now', formula }}
          after={{ title: 'with the newer function', formula: after }}
        />
      </div>
    </Dialog>
  );
}

/** Errors that are not there yet, each once. */
function newErrors(before: Formula, after: Formula): readonly string[] {
  const errorsOf = (formula: Formula): readonly string[] =>
    check(formula).diagnostics.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
  const known = new Set(errorsOf(before));
  return [...new Set(errorsOf(after))].filter((message) => !known.has(message));
}
