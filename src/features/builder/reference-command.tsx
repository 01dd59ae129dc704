'use client';
import { BookOpenText } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { referencePath } from '#features/reference/index.ts';
import { useSnapshot } from './session/use-session.ts';

/**
 * Offers what the reference says of the node that is selected. Draws nothing: a component, since it follows every
 * selection.
 */
export function ReferenceCommand(): null {
  const block = useSnapshot(({ formula, selection }) => {
    const [id] = selection;
    return selection.size === 1 && id !== undefined ? findBlock(formula.nodes[id]?.block ?? '') : undefined;
  });
  useCommands(
    useMemo(
      (): readonly Command[] =>
        block
          ? [
              {
                id: 'reference.block',
                title: `Open ${block.title} in the reference`,
                group: 'Strategy',
                icon: <BookOpenText />,
                keywords: ['help', 'documentation'],
                run: () => void window.open(referencePath(block.name), '_blank'),
              },
            ]
          : [],
      [block],
    ),
  );
  return null;
}
