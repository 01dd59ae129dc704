'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';

const NONE: readonly Command[] = [];

/** Keys from change to change, also in the palette and the sheet of keys. */
export function useChangeKeys(isOn: boolean, step: (by: 1 | -1) => void): void {
  useCommands(
    useMemo(
      (): readonly Command[] =>
        isOn
          ? [
              {
                id: 'diff.next',
                title: 'Go to the next change',
                group: 'View',
                icon: <ArrowDown />,
                shortcut: 'n',
                repeats: true,
                run: () => step(1),
              },
              {
                id: 'diff.previous',
                title: 'Go to the previous change',
                group: 'View',
                icon: <ArrowUp />,
                shortcut: 'p',
                repeats: true,
                run: () => step(-1),
              },
            ]
          : NONE,
      [isOn, step],
    ),
  );
}
