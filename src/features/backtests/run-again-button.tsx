'use client';
import { RotateCw } from 'lucide-react';
import { useDenial } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';

interface RunAgainProps {
  readonly isPending: boolean;
  readonly onRun: () => void;
}

/** Runs the same on the bars as they are now. */
export function RunAgainButton({ isPending, onRun }: RunAgainProps) {
  const denied = useDenial('backtest.run');
  return (
    <Button icon={<RotateCw />} denied={denied} busy={isPending} onClick={onRun}>
      Run again
    </Button>
  );
}
