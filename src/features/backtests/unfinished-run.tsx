import Link from 'next/link';
import { Button } from '#ui/controls/button.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Progress } from '#ui/feedback/progress.tsx';
import { RunTurn } from './run-turn.tsx';
import type { Status } from './status-badge.tsx';

interface UnfinishedRunProps {
  readonly run: {
    readonly id: string;
    readonly formulaId: string;
    readonly status: Exclude<Status, 'succeeded'>;
    readonly progress: number;
    readonly failure: string | null;
  };
  readonly noun: 'backtest' | 'sweep';
  /** What is said while it is computed. */
  readonly running: string;
}

/** What there is to see of a run that has no result: how far it is, or why there is none. */
export function UnfinishedRun({
  run: { id, formulaId, status, progress, failure },
  noun,
  running,
}: UnfinishedRunProps) {
  switch (status) {
    case 'queued':
    case 'running':
      return (
        <div className="mx-auto max-w-100 py-20 text-center" role="status">
          <p className="mb-3 text-base font-medium">
            {status === 'queued' ? <RunTurn kind={noun} id={id} /> : running}
          </p>
          <Progress value={status === 'queued' ? null : progress} label={`Progress of the ${noun}`} />
        </div>
      );
    case 'failed':
      return (
        <Problem
          title={`The ${noun} failed`}
          action={
            <Button asChild>
              <Link href={`/formulas/${formulaId}`}>Open the strategy</Link>
            </Button>
          }
        >
          {failure}
        </Problem>
      );
    case 'cancelled':
      return (
        <Problem title={`The ${noun} was cancelled`}>Nothing of it was kept. Run it again from the strategy.</Problem>
      );
  }
}
