'use client';
import { CircleAlert, CircleDashed, TriangleAlert } from 'lucide-react';
import { isMistake, isUnfinished, type Diagnostic } from '#core/formula/model/diagnostic.ts';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { cx } from '#ui/format/cx.ts';
import { Popover } from '#ui/overlays/popover.tsx';
import { useGraphParts } from './context.ts';

interface NodeProblemsProps {
  readonly problems: readonly Diagnostic[];
  readonly className: string;
}

/** A node's mark: the pointer reads its problems, a click opens them with their fixes. */
export function NodeProblems({ problems, className }: NodeProblemsProps) {
  const { ProblemItem } = useGraphParts();
  const messages = problems.map(({ message }) => message).join(' ');
  const mark = (
    <button
      type="button"
      aria-label={`Problems: ${messages}`}
      className={cx('nodrag nopan grid size-5 place-items-center rounded-sm hover:bg-hover', toneOf(problems))}
    >
      <Sign problems={problems} />
    </button>
  );
  return (
    <Tooltip label={messages}>
      <span className={className}>
        <Popover trigger={mark}>
          <ul className="w-80 space-y-3 text-sm" aria-label="Problems of the node">
            {problems.map((problem) => (
              <li key={`${problem.port ?? ''} ${problem.message}`}>
                {ProblemItem ? <ProblemItem problem={problem} /> : problem.message}
              </li>
            ))}
          </ul>
        </Popover>
      </span>
    </Tooltip>
  );
}

/** A mistake is loud, a warning is seen, and what is merely not finished is quiet. */
function toneOf(problems: readonly Diagnostic[]): string {
  if (problems.some(isMistake)) return 'text-bad';
  return problems.some(isUnfinished) ? 'text-faint' : 'text-warn';
}

function Sign({ problems }: Pick<NodeProblemsProps, 'problems'>) {
  if (problems.some(isMistake)) return <CircleAlert className="size-3.5" />;
  return problems.some(isUnfinished) ? <CircleDashed className="size-3.5" /> : <TriangleAlert className="size-3.5" />;
}
