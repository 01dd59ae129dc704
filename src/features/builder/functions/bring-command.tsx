'use client';
import { PackagePlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import { BringDialog } from './bring-dialog.tsx';

/** Functions of other strategies of the organisation, by the palette and the menu of the canvas. */
export function BringCommand({ formulaId }: { readonly formulaId: string }) {
  const session = useFormulaSession();
  const [isOpen, setIsOpen] = useState(false);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'function.bring',
          title: 'Use a function of another strategy …',
          group: 'Strategy',
          icon: <PackagePlus />,
          menus: ['canvas'],
          keywords: ['library', 'share', 'import', 'function', 'organisation', 'update'],
          when: () => session.status().canEdit,
          run: () => setIsOpen(true),
        },
      ],
      [session],
    ),
  );
  return isOpen ? <BringDialog formulaId={formulaId} onClose={() => setIsOpen(false)} /> : null;
}
