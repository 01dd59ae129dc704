'use client';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { WithCode } from '#ui/data/with-code.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { useFormulaSession, useSnapshot, useUntaken } from '../session/use-session.ts';
import { describeRepair } from './describe-repair.ts';
import { ProblemItem } from './problem-item.tsx';

const FIELDS: Readonly<Record<string, string>> = {
  '@name': 'the name',
  '@comment': 'the comment',
  '@title': 'the title',
  '@text': 'the note',
};

/** Every problem of the formula; a click goes to its node and its line, a fix repairs it. */
export function ProblemList() {
  const session = useFormulaSession();
  const { code, fields, problemCount } = useUntaken();
  const checked = useSnapshot((snapshot) => snapshot.checked);
  const all = useSnapshot((snapshot) => snapshot.repairs);
  // A wire that is set aside is a problem of its node already.
  const repairs = all.filter((repair) => repair.kind !== 'cutWire');
  if (problemCount + checked.diagnostics.length + repairs.length === 0) {
    return (
      <EmptyState icon={<CircleCheck />} title="No problems">
        The strategy can run. It needs {checked.warmUp} bars before its first decision.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line/70" aria-label="Problems">
      {fields.wrong.map(({ node, field, text, message }) => (
        <li key={`${node} ${field}`} className="flex gap-2 px-4 py-2">
          <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-label="Error in a field" />
          <button
            type="button"
            className="min-w-0 flex-1 rounded-sm text-left text-pretty hover:underline"
            onClick={() => session.reveal({ node })}
          >
            <code>{text}</code> in {FIELDS[field] ?? <code>{field}</code>} is not taken: {message}
          </button>
        </li>
      ))}
      {code.problems.map(({ message, span }) => (
        <li key={`${span?.start ?? ''} ${message}`} className="flex gap-2 px-4 py-2">
          <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-label="Error in the code" />
          <button
            type="button"
            className="min-w-0 flex-1 rounded-sm text-left text-pretty hover:underline"
            onClick={session.typed.show}
          >
            <WithCode>{message}</WithCode>
          </button>
        </li>
      ))}
      {repairs.map((repair) => (
        <li key={JSON.stringify(repair)} className="flex gap-2 px-4 py-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
          <span className="text-muted">{describeRepair(repair)}</span>
        </li>
      ))}
      {checked.diagnostics.map((problem) => (
        <li key={`${problem.nodeId ?? ''} ${problem.port ?? ''} ${problem.message}`} className="px-4 py-2">
          <ProblemItem problem={problem} />
        </li>
      ))}
    </ul>
  );
}
