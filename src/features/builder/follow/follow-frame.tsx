'use client';
import { Eye, X } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { usePersonColor } from '#ui/people/person-colors.tsx';
import { useFollowing, type Followed } from './provider.tsx';

/** Around what is shared: whose view it is, in their colour. */
export function FollowFrame() {
  const { person } = useFollowing();
  return person ? <Frame person={person} /> : null;
}

function Frame({ person }: { readonly person: Followed }) {
  const { stop } = useFollowing();
  const color = usePersonColor(person.id);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'follow.stop',
          title: `Stop following ${person.name}`,
          group: 'View',
          icon: <Eye />,
          shortcut: 'escape',
          run: stop,
        },
      ],
      [person, stop],
    ),
  );
  return (
    <div className="pointer-events-none absolute inset-0 z-30 border-2" style={{ borderColor: color }}>
      <p
        role="status"
        className="absolute top-0 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1 rounded-b-md pl-2.5 text-xs font-medium whitespace-nowrap text-surface"
        style={{ backgroundColor: color }}
      >
        Following {person.name}
        <button
          type="button"
          aria-label={`Stop following ${person.name}`}
          title="Stop (Esc)"
          onClick={stop}
          className="pointer-events-auto grid size-7 place-items-center rounded-md -outline-offset-2 outline-surface!"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      </p>
    </div>
  );
}
