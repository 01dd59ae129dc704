'use client';
import { useEffect } from 'react';
import { useComments } from '#features/comments/index.ts';
import { useFormulaSession, useSnapshot } from '../session/use-session.ts';
import { useCommentPlaces } from './provider.tsx';

/**
 * Shows what the open thread is about, as soon as both are here: a link may be followed into a formula that is only
 * being opened.
 */
export function RevealThread(): null {
  const session = useFormulaSession();
  const { threads } = useComments();
  const { openId } = useCommentPlaces();
  const anchor = threads?.find(({ id }) => id === openId)?.anchor;
  const node = useSnapshot(({ formula }) =>
    anchor?.kind === 'node' && anchor.nodeId in formula.nodes ? anchor.nodeId : null,
  );
  useEffect(() => {
    if (node === null) return;
    // The canvas fits its view to the first nodes in the next frame; this comes after.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        // Who has just commented on what is selected has it before their eyes.
        if (!session.snapshot().selection.has(node)) session.reveal({ node });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [session, openId, node]);
  return null;
}
