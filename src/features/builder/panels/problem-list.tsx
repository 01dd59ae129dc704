'use client';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useFormulaSession, useSnapshot, useStatus } from '../session/provider.tsx';
import { describeRepair } from './describe-repair.ts';

/** Every problem of the formula; a click selects its node, a fix repairs it. */
export function ProblemList() {
  const session = useFormulaSession();
  const { checked, repairs } = useSnapshot();
  const { canEdit } = useStatus();
  if (checked.diagnostics.length + repairs.length === 0) {
    return <EmptyState icon={<CircleCheck />} title="No problems">The formula can run. It needs {checked.warmUp} bars before its first decision.</EmptyState>;
  }
  return (
    <ul className="divide-y divide-line/70">
      {repairs.map((repair) => (
        <li key={JSON.stringify(repair)} className="flex gap-2 px-4 py-2"><TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden /><span className="text-muted">{describeRepair(repair)}</span></li>
      ))}
      {checked.diagnostics.map(({ severity, message, nodeId, port, fix }) => (
        <li key={`${nodeId ?? ''} ${port ?? ''} ${message}`} className="flex items-start gap-2 px-4 py-2">
          {severity === 'error' ? <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-label="Error" /> : <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-label="Warning" />}
          <button type="button" className="min-w-0 flex-1 rounded-sm text-left hover:underline" onClick={() => session.select(nodeId === undefined ? [] : [nodeId])}>{message}</button>
          {fix?.edits && canEdit ? <Button size="sm" onClick={() => session.edit(fix.edits ?? [])}>{fix.title}</Button> : null}
        </li>
      ))}
    </ul>
  );
}
