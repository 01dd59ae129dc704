'use client';
import { Search } from 'lucide-react';
import { useMemo, useRef, type RefObject } from 'react';
import type { Command } from './command.ts';
import { useCommands } from './provider.tsx';

/** The slash leads to the search of the list on the page; gives the place of its field. */
export function useSearchKey(title: string): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'list.find',
          title,
          group: 'View',
          icon: <Search />,
          shortcut: '/',
          keywords: ['find', 'filter'],
          run: () => field.current?.focus(),
        },
      ],
      [title],
    ),
  );
  return field;
}
