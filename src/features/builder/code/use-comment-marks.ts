'use client';
import type { EditorView } from '@codemirror/view';
import { useEffect, useMemo, type RefObject } from 'react';
import { useComments } from '#features/comments/index.ts';
import { useCommentPlaces } from '../comments/index.ts';
import { setCommentMarks, type CommentMarks } from './comment-gutter.ts';

/** Keeps the marks beside the code what the conversation is. */
export function useCommentMarks(editor: RefObject<EditorView | null>): void {
  const { denied, unread } = useComments();
  const { byNode } = useCommentPlaces();
  const marks = useMemo(
    (): CommentMarks => ({
      counts: new Map([...byNode].map(([node, threads]) => [node, threads.length])),
      unread: new Set(
        [...byNode].flatMap(([node, threads]) => (threads.some(({ id }) => unread.has(id)) ? [node] : [])),
      ),
      canBegin: denied === undefined,
    }),
    [byNode, unread, denied],
  );
  useEffect(() => editor.current?.dispatch({ effects: setCommentMarks.of(marks) }), [editor, marks]);
}
