'use client';
import { useCallback } from 'react';
import type { AnchorTarget } from '#core/comment/anchor.ts';
import { useFormulaSession } from '../session/use-session.ts';

/** What a comment begun now is about: the node that is selected, else the formula. */
export function useCommentTarget(): () => AnchorTarget {
  const session = useFormulaSession();
  return useCallback(() => {
    const { selection } = session.snapshot();
    const [id] = selection;
    return id !== undefined && selection.size === 1 ? { kind: 'node', nodeId: id } : { kind: 'formula' };
  }, [session]);
}
