'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Figure } from '#ui/data/figure.tsx';
import { Time } from '#ui/data/time.tsx';
import { formatVersion } from '#ui/format/format-version.ts';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { MOST_COMPARED } from './compare-page.tsx';
import { describeCosts, describeInputs } from './describe-run.ts';

interface CompareDialogProps {
  readonly id: string;
  readonly formulaId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const LISTED = 40;

/** Chooses the runs to compare a run with: runs of the same formula come first. */
export function CompareDialog({ id, formulaId, open, onOpenChange }: CompareDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const runs = useQuery({ ...trpc.backtest.list.queryOptions({}), enabled: open });
  const others = (runs.data ?? [])
    .filter((run) => run.id !== id && run.status === 'succeeded')
    .toSorted((a, b) => Number(b.formulaId === formulaId) - Number(a.formulaId === formulaId))
    .slice(0, LISTED);
  const compare = () => router.push(`/backtests/compare?ids=${[id, ...chosen].join(',')}`);
  const toggle = (run: string, isChosen: boolean) =>
    setChosen((old) => (isChosen ? [...old, run] : old.filter((other) => other !== run)));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Compare with"
      description={`Up to ${MOST_COMPARED - 1} other runs.`}
      footer={
        <Button look="primary" disabled={chosen.length === 0} onClick={compare}>
          Compare {chosen.length + 1} runs
        </Button>
      }
    >
      {runs.data && others.length === 0 ? <p className="text-muted">There is no other finished run yet.</p> : null}
      <ul className="max-h-[50vh] space-y-2 overflow-y-auto">
        {others.map((run) => {
          const isChosen = chosen.includes(run.id);
          return (
            <li key={run.id} className="flex items-start justify-between gap-4">
              <Checkbox
                checked={isChosen}
                disabled={!isChosen && chosen.length >= MOST_COMPARED - 1}
                onChange={(next) => toggle(run.id, next)}
                label={`${run.formulaName} ${formatVersion(run)}`}
                hint={
                  <>
                    {run.symbol} {run.timeframe} · {describeInputs(run.inputs) || 'inputs as in the code'} ·{' '}
                    {describeCosts(run.settings)} · <Time value={run.queuedAt} />
                  </>
                }
              />
              <Figure value={run.metrics?.['totalReturn'] ?? Number.NaN} kind="percent" digits={1} tone="outcome" />
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
