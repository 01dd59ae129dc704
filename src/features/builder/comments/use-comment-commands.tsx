'use client';
import { MessageSquarePlus } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { useComments } from '#features/comments/index.ts';
import { useCommentPlaces } from './provider.tsx';
import { useCommentTarget } from './use-comment-target.ts';

/** Commenting by the palette and by keys. */
export function useCommentCommands(): void {
  const { denied } = useComments();
  const { write } = useCommentPlaces();
  const target = useCommentTarget();
  useCommands(
    useMemo((): readonly Command[] => {
      const common = {
        icon: <MessageSquarePlus />,
        keywords: ['discuss', 'thread', 'mention'],
        when: () => denied === undefined,
        run: () => write(target()),
      };
      return [
        {
          ...common,
          id: 'comment.add',
          title: 'Comment on the selection',
          group: 'Strategy',
          shortcut: 'c',
          menus: ['node'],
        },
        // While one writes code, a letter is a letter.
        {
          ...common,
          id: 'code.comment-on',
          title: 'Comment on the statement at the cursor',
          group: 'Code',
          menus: ['code'],
          shortcut: "mod+'",
          // From the code, which is a text.
          inTexts: 'always',
        },
      ];
    }, [denied, write, target]),
  );
}
