import { CircleStop, Workflow } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';
import type { Status } from './status-badge.tsx';

interface RunActionsProps {
  readonly run: { readonly id: string; readonly formulaId: string; readonly status: Status };
  readonly cancel: { readonly isPending: boolean; mutate(input: { readonly id: string }): void };
  /** What can be done with a result. */
  readonly children?: ReactNode;
}

/** What can be done with a run on its page. */
export function RunActions({ run: { id, formulaId, status }, cancel, children }: RunActionsProps) {
  const denied = useDenial('backtest.run');
  const isOpen = status === 'queued' || status === 'running';
  return (
    <>
      {isOpen ? (
        <Button icon={<CircleStop />} denied={denied} busy={cancel.isPending} onClick={() => cancel.mutate({ id })}>
          Cancel
        </Button>
      ) : null}
      {children}
      <Button asChild>
        <Link href={`/formulas/${formulaId}`}>
          <Workflow />
          Open the strategy
        </Link>
      </Button>
    </>
  );
}
