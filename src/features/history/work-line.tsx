import { Age } from '#ui/data/time.tsx';
import type { Work } from './use-history.ts';
import { formatCount } from './words.ts';

/** As many stretches are told one by one. */
const MOST_TOLD = 3;

/** Who worked on the draft, the last first. */
export function WorkLines({ work }: { readonly work: readonly Work[] }) {
  if (work.length === 0) return null;
  const others = work.slice(MOST_TOLD);
  return (
    <ul className="text-2xs text-muted" aria-label="Work on the draft">
      {work.slice(0, MOST_TOLD).map(({ person, startedAt, endedAt, changes }) => (
        <li key={`${person} ${startedAt}`}>
          {person ?? 'Somebody who has left'}: {formatCount(changes, 'change')}, <Age value={endedAt} />
        </li>
      ))}
      {others.length > 0 ? (
        <li className="text-faint">and {formatCount(others.length, 'stretch', 'stretches')} of work before</li>
      ) : null}
    </ul>
  );
}
