'use client';
import { useSession } from '#features/shell/index.ts';
import { Avatar } from '#ui/avatar.tsx';
import { useColleagues } from '../session/provider.tsx';

/** Who is in the formula: oneself, then everybody else once. */
export function PeopleHere() {
  const { user } = useSession();
  const colleagues = useColleagues();
  const others = new Map(colleagues.flatMap(({ user: other }) => (other && other.id !== user.id ? [[other.id, other.name] as const] : [])));
  return (
    <ul aria-label="People here" className="flex -space-x-1.5">
      {[[user.id, user.name] as const, ...others].map(([id, name]) => <li key={id} className="rounded-full ring-2 ring-surface"><Avatar id={id} name={name} /></li>)}
    </ul>
  );
}
