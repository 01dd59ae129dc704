'use client';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { EmptyState } from '#ui/empty-state.tsx';
import { useSnapshot } from '../session/provider.tsx';
import { describeRepair } from './describe-repair.ts';
import { ProblemItem } from './problem-item.tsx';

/** Every problem of the formula; a click goes to its node and its line, a fix repairs it. */
export function ProblemList() {
  const { checked, repairs } = useSnapshot();
  if (checked.diagnostics.length + repairs.length === 0) {
    return <EmptyState icon={<CircleCheck />} title="No problems">The formula can run. It needs {checked.warmUp} bars before its first decision.</EmptyState>;
  }
  return (
    <ul className="divide-y divide-line/70" aria-label="Problems">
      {repairs.map((repair) => (
        <li key={JSON.stringify(repair)} className="flex gap-2 px-4 py-2"><TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden /><span className="text-muted">{describeRepair(repair)}</span></li>
      ))}
      {checked.diagnostics.map((problem) => <li key={`${problem.nodeId ?? ''} ${problem.port ?? ''} ${problem.message}`} className="px-4 py-2"><ProblemItem problem={problem} /></li>)}
    </ul>
  );
}
