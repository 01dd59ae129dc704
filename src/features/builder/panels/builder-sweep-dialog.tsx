'use client';
import { useMemo } from 'react';
import { inputsOf } from '#core/engine/plan/inputs.ts';
import { SweepDialog } from '#features/sweeps/index.ts';
import { useSnapshotWhile, useUntaken } from '../session/use-session.ts';
import { UntakenNotice } from './untaken-notice.tsx';

interface BuilderSweepDialogProps {
  readonly formulaId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** The dialog of sweeps, for the formula as it is now. */
export function BuilderSweepDialog(props: BuilderSweepDialogProps) {
  const { formula, checked } = useSnapshotWhile(props.open);
  const { words } = useUntaken();
  const declared = useMemo(() => inputsOf(formula), [formula]);
  const error = checked.diagnostics.find(({ severity }) => severity === 'error');
  return (
    <SweepDialog
      {...props}
      formula={formula}
      declared={declared}
      error={error?.message}
      notice={words !== null ? <UntakenNotice what="sweep" onShow={() => props.onOpenChange(false)} /> : null}
    />
  );
}
