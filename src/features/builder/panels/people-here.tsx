'use client';
import { useSession } from '#features/shell/index.ts';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import { useFollowing } from '../follow/index.ts';
import { useColleagues } from '../session/use-session.ts';

/** Who is in the formula: oneself, then everybody else once; a click follows them. */
export function PeopleHere() {
  const { user } = useSession();
  const colleagues = useColleagues();
  const { person, follow, stop } = useFollowing();
  const others = new Map(
    colleagues.flatMap(({ user: other }) => (other && other.id !== user.id ? [[other.id, other.name] as const] : [])),
  );
  return (
    <ul aria-label="People here" className="flex -space-x-1.5">
      <li className="rounded-full ring-2 ring-surface">
        <Avatar id={user.id} name={user.name} />
      </li>
      {[...others].map(([id, name]) => {
        const isFollowed = person?.id === id;
        const words = isFollowed ? `Stop following ${name}` : `Follow ${name}`;
        return (
          <li key={id} className="rounded-full ring-2 ring-surface">
            <Tooltip label={words} side="bottom">
              <button
                type="button"
                aria-label={words}
                aria-pressed={isFollowed}
                className="block rounded-full"
                onClick={() => (isFollowed ? stop() : follow({ id, name }))}
              >
                <Avatar id={id} name={name} />
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
